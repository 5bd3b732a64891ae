"""The screens of the roles."""
