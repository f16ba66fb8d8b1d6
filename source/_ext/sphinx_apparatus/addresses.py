"""Names that are part of published addresses, and so never change."""

#: Folder of the annotations' own pages.
CORRECTIONS = "corrections"

#: Folder of the pages of texts and paragraphs, for citing them.
PASSAGES = "passages"
