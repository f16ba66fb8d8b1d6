apparatus_editors = {"ed": {"family": None}}
apparatus_released = "yesterday"
apparatus_layers = {"fontes": {"color": 5}, "lemmata": "lemmata"}
apparatus_scripts = {"Cyrl": None, "Hani": "zh", "Hang": 'ko" class="x'}
apparatus_report = "https://example.org/?id={identifier}"
apparatus_declaration = "declaration"
