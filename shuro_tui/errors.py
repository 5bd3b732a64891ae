"""What a person can mend."""

import click


class Mend(click.ClickException):
    """One message, exit status 2, nothing changed."""

    exit_code = 2
