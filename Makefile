# make          the edition: HTML in build/html, PDF in build/pdf, e-book in build/epub, TEI in build/tei, data in build/dataset
# make quick    the tests that need no browser, no PDF and no build of this edition
# make test     all tests
# make coverage the lines and branches of the core that the quick tests reach: all
# Each sets up .venv first; nothing else has to be installed but Python 3.11 or newer.

PYTHON ?= python3
BASE_URL ?=
VENV := .venv
BIN := $(VENV)/bin
SPHINX := $(BIN)/python -m sphinx
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
# The date in every file that carries one: that of the last commit.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1790000000)
export SOURCE_DATE_EPOCH
# The groups of dependencies beside the edition's own, each installed when a command needs it.
GROUPS := test check matrix lock
# Sphinx sets the base URL, for citations and canonical links, only where one is given.
# What is made to be given away has an offprint of each text, and the reading text; a draft need not wait for them.
BOOKS := -D apparatus_pdf_offprints=1 -D apparatus_pdf_reading=1
OPTIONS := -W --keep-going -j auto $(BOOKS) $(if $(BASE_URL),-D html_baseurl=$(BASE_URL))

.PHONY: all html pdf epub tei dataset quick test coverage check matrix serve bench dist lock release release-check clean

all: html epub tei dataset

# The PDF first: the HTML cites its pages and lines.  It links both books, and has them beside it.

html: pdf epub
	$(SPHINX) -b html $(OPTIONS) -d build/doctrees source build/html
	cp build/pdf/*.pdf build/epub/korea-and-russia.epub build/html/

# The same pages as the HTML's, in other formats; the last two are beside the HTML, too, in its folder data.

epub: pdf
tei dataset: html
epub tei dataset:
	$(SPHINX) -b $@ $(OPTIONS) -d build/doctrees source build/$@

pdf: $(VENV)/ready
	$(SPHINX) -b typstpdf $(OPTIONS) -d build/doctrees-pdf source build/pdf

# Two processes share the files of tests, the longest first; pytest's last line is the last of the output.

QUICK := --hypothesis-profile quick -m 'not browser and not pdf and not edition and not slow'
CORE := */anchoring/*,*/model/*,*/stores/*,*/checks/*

quick: $(VENV)/ready-test
	$(PYTEST) $(QUICK)

test: $(VENV)/ready-test
	$(PYTEST)

coverage: $(VENV)/ready-test
	$(PYTEST) $(QUICK) --cov --cov-report=
	$(BIN)/python -m coverage report --include '$(CORE)' --fail-under 100

check: $(VENV)/ready-check
	cd seeds && sha256sum --check --strict SHA256SUMS
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint
	$(BIN)/validate-pyproject pyproject.toml
	$(MAKE) --no-print-directory dist PYTHON=$(BIN)/python
	$(BIN)/check-wheel-contents dist/*.whl
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(SPHINX) -b dummy -n -E $(OPTIONS) -d build/doctrees-check source build/check

matrix: $(VENV)/ready-matrix
	$(BIN)/python -m nox

serve: html
	$(BIN)/python -m http.server --directory build/html

bench: $(VENV)/ready-test
	$(BIN)/python -m bench

# The wheel of the extension, for which pip is enough, and its source, for which pip has no command.
dist:
	rm -f dist/sphinx_apparatus-*
	$(PYTHON) -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --upgrade --target build/hatchling hatchling
	PYTHONPATH=build/hatchling $(PYTHON) -m hatchling build --target sdist --directory dist

# What the next release would do to the register of published ids; and the release: register, states, changelog,
# committed and tagged.
release-check: $(VENV)/ready
	$(BIN)/python -m sphinx_apparatus.release --check source

release: $(VENV)/ready
	$(BIN)/python -m sphinx_apparatus.release source

# Every dependency at one version, for each Python it needs; `make` installs no other.
lock: $(VENV)/ready-lock
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --upgrade --python-version 3.11 \
	  $(foreach group,edition $(GROUPS),--group $(group)) pyproject.toml --output-file constraints.txt

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group edition
	touch $@

$(VENV)/ready-%: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group $*
	touch $@

clean:
	rm -rf build dist
