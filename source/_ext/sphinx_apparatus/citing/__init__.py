"""How the edition, a text, a paragraph and a single annotation are cited."""
