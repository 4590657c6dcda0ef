PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
TEST := $(VENV)/.installed-dev

.PHONY: run test bench data catalogues

run: $(RUN) pango
	$(BIN)/streamlit run app.py

test: $(TEST) chromium pango
	$(BIN)/ruff check .
	$(BIN)/pytest

bench: $(TEST) chromium pango
	$(BIN)/python -m benchmarks

data: $(TEST)
	$(BIN)/python -m atlas build

catalogues: $(TEST)
	$(BIN)/python -m atlas.i18n.extract

$(VENV):
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.txt | $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.txt
	touch $@

$(TEST): requirements-dev.txt requirements.txt | $(VENV)
	$(BIN)/pip install --quiet --requirement requirements-dev.txt
	touch $(RUN) $@

# Browser tests need Chromium and fonts for Chinese; installed through apt where they are missing.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null && fc-list :lang=zh | grep -q . || { \
	  as_root=$$([ $$(id -u) -eq 0 ] || echo sudo); \
	  $$as_root apt-get update -qq && $$as_root apt-get install -y -qq chromium fontconfig fonts-noto-cjk fonts-noto-core poppler-utils; }

# Briefings in PDF are set by Pango; without it everything else still works.
.PHONY: pango
pango: $(RUN)
	@$(BIN)/python -c "import weasyprint" 2>/dev/null || { \
	  as_root=$$([ $$(id -u) -eq 0 ] || echo sudo); \
	  $$as_root apt-get update -qq && $$as_root apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk; } \
	|| echo "PDF briefings need Pango; everything else works without it"
