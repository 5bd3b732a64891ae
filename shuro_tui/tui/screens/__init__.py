"""One screen a role, and those that stand above them."""
