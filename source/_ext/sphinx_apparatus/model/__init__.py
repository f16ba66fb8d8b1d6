"""What an edition is: frozen values, no docutils, no Sphinx, no file."""
