PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
TEST := $(VENV)/.installed-dev

.PHONY: run test bench data catalogues

run: $(RUN)
	$(BIN)/streamlit run app.py

test: $(TEST) chromium
	$(BIN)/ruff check .
	$(BIN)/pytest

bench: $(TEST) chromium
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
