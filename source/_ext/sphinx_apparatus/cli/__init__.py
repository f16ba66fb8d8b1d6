"""Commands, a command a file."""
