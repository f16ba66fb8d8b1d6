"""What can be wrong with an edition: codes, and rules that find it.  No Sphinx."""
