PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
TEST := $(VENV)/.installed-dev
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock"

# Python 3.12 can watch lines at little cost; before it, watching makes tests take more than twice as long
COVERED := $(shell $(PYTHON) -c 'import sys; print("-p pytest_cov --cov" * (sys.version_info >= (3, 12)))')

.PHONY: help run lint test test-office test-pythons coverage figures bench data catalogues lock sbom release

help:  ## what can be made
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | expand -t 14

run: $(RUN) pango  ## open the atlas at http://localhost:8501
	$(BIN)/streamlit run app.py

lint: $(TEST)  ## the fast checks: style, form, arrows between rooms, types, JavaScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONPATH=. $(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/oxlint --quiet --deny-warnings --ignore-pattern assets/vendor assets benchmarks

test: lint $(TEST) chromium pango  ## the fast checks, then every test
	COVERAGE_CORE=sysmon $(BIN)/pytest $(COVERED)

test-office: $(TEST) office pango  ## open what is written for Office and QGIS with LibreOffice and QGIS
	$(BIN)/pytest tests/office

test-pythons: $(TEST) pango  ## the tests of the library and the bytes of all files with each of Python 3.11 to 3.13 at hand
	$(BIN)/python -m tests.pythons

coverage: $(TEST) pango  ## which lines the tests run, without those in a browser
	$(BIN)/pytest -p pytest_cov --cov tests/unit tests/app

figures: $(TEST)  ## rooms, floors, arrows, cycles, long functions and files, lines
	@$(BIN)/python -m tests.house

bench: $(TEST) chromium pango  ## measure speed and bytes beside a plain folium map
	$(BIN)/pip install --quiet --requirement requirements-bench.txt
	$(BIN)/python -m benchmarks

data: $(TEST)  ## build data/ from seeds/
	$(BIN)/python -m atlas build

catalogues: $(TEST)  ## take new words into atlas/words/*.po
	$(BIN)/python -m atlas.words.extract

$(VENV):
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock | $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	touch $@

$(TEST): requirements-dev.lock | $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.lock
	touch $(RUN) $@

# After a change to requirements.txt or requirements-dev.txt. What is locked stays as it is where it still fits;
# delete both locks first to take the newest of everything that is not pinned.
lock: | $(VENV)  ## pin what requirements*.txt ask for, with hashes
	$(BIN)/pip install --quiet $$(grep '^uv==' requirements-dev.txt)
	$(LOCK) --output-file requirements.lock requirements.txt
	$(LOCK) --constraints requirements.lock --output-file requirements-dev.lock requirements-dev.txt

sbom: | $(VENV)  ## what a server runs, as CycloneDX: sbom.cdx.json
	$(BIN)/python deploy/sbom.py > sbom.cdx.json

release: $(TEST)  ## archive for Windows, the one file, data package, bill of materials and checksums in dist/
	$(BIN)/python -m deploy.release

# What tests need beside Python: a browser with fonts for Chinese, readers of PDF and of the interface, and what
# several machines need. Installed through apt where it is missing.
.PHONY: chromium
chromium:
	@PATH=$$PATH:/usr/sbin; for command in chromium pdftotext ogrinfo nginx psql openssl; do command -v $$command >/dev/null || missing=yes; done; \
	fc-list :lang=zh 2>/dev/null | grep -q . || missing=yes; \
	[ -z "$$missing" ] || { \
	  as_root=$$([ $$(id -u) -eq 0 ] || echo sudo); \
	  $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    chromium fontconfig fonts-noto-cjk fonts-noto-core poppler-utils gdal-bin nginx-light openssl postgresql \
	    $$(apt-cache pkgnames | grep -E '^postgresql-[0-9]+-postgis-3$$' | sort -V | tail -n 1); }

# The office programs are large, so that only the checks that need them ask for them.
.PHONY: office
office:
	@for command in lowriter localc loimpress pdffonts; do command -v $$command >/dev/null || missing=yes; done; \
	/usr/bin/python3 -c "import qgis.core" 2>/dev/null || missing=yes; \
	fc-list :lang=zh 2>/dev/null | grep -q . || missing=yes; \
	[ -z "$$missing" ] || { \
	  as_root=$$([ $$(id -u) -eq 0 ] || echo sudo); \
	  $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    libreoffice-writer libreoffice-calc libreoffice-impress poppler-utils python3-qgis \
	    fontconfig fonts-liberation fonts-noto-cjk fonts-noto-core; }

# Briefings in PDF are set by Pango; without it everything else still works.
.PHONY: pango
pango: $(RUN)
	@$(BIN)/python -c "import weasyprint" 2>/dev/null || { \
	  as_root=$$([ $$(id -u) -eq 0 ] || echo sudo); \
	  $$as_root apt-get update -qq && $$as_root apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk; } \
	|| echo "PDF briefings need Pango; everything else works without it"
