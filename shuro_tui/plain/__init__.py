"""A group's terminal line by line: for screen readers, braille displays, serial lines and dumb terminals.

No full screen, no escape sequence, no Textual. `dialogue` knows what is said and asked, `terminal` carries it.
"""
