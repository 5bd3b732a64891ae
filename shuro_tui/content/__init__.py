"""Files → core: YAML and Markdown, with the place of every error."""
