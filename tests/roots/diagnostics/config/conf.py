apparatus_default_editor = "sappho"
