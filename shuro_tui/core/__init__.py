"""The workshop itself: no I/O, no clock, no asyncio, no Textual."""
