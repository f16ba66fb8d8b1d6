from datetime import date
from pathlib import Path

apparatus_text_dir = Path("texts")
apparatus_csp = 1
apparatus_contact = None
apparatus_released = date(2026, 1, 1)
apparatus_kinds = ["metre"]
apparatus_layers = {1: "fontes"}
apparatus_states = ["states"]
