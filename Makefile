# Everything a newcomer needs: `make demo` and `make test`. Both work on a bare machine with Python 3.11 and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := .stamps

.PHONY: demo test check lint types layers messages score score-generated bench fuzz deb test-appliance test-power-cuts clean

demo: $(STAMPS)/demo
	@$(BIN)/receiptbridge demo --out demo/out $(if $(STAY),--stay)

test: check
	@$(BIN)/python -m pytest

check: lint types layers

lint: $(STAMPS)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMPS)/dev
	@$(BIN)/mypy

layers: $(STAMPS)/dev
	@$(BIN)/lint-imports

# Bring the catalogues (receiptbridge/locale) up to date with the texts in the code, and compile them.
messages: $(STAMPS)/dev
	@$(BIN)/python tools/messages.py

# How much of the labelled captures is read, and how much of it wrongly. The README's table is written anew with it.
score: $(STAMPS)/dev
	@$(BIN)/receiptbridge inspect --json hardware_sim/captures/corpus/*.bin > $(STAMPS)/predictions.jsonl
	@$(BIN)/python -m hardware_sim.score $(STAMPS)/predictions.jsonl --markdown --write README.md

# The same on receipts of many countries' registers, made for it; BASKETS=1 sells real supermarket baskets,
# SPOILED=1 loses rows or their words, WRITE=1 writes the README's table.
SEED ?= 1
COUNT ?= 5000
GENERATED = $(STAMPS)/generated-$(if $(BASKETS),baskets-)$(if $(SPOILED),spoiled-)$(SEED)-$(COUNT)
score-generated: $(STAMPS)/dev
	@$(if $(BASKETS),$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[baskets]")
	@$(BIN)/python -m hardware_sim.receipts --seed $(SEED) --count $(COUNT) --out $(GENERATED) $(if $(BASKETS),--baskets) $(if $(SPOILED),--spoiled)
	@find $(GENERATED) -name '*.bin' | sort | xargs $(BIN)/receiptbridge inspect --json > $(GENERATED).jsonl
	@$(BIN)/python -m hardware_sim.score $(GENERATED).jsonl --corpus $(GENERATED) --markdown \
		$(if $(WRITE),--write README.md --section $(if $(BASKETS),baskets,$(if $(SPOILED),spoiled,generated)))

bench: $(STAMPS)/dev
	@$(BIN)/python -m benchmarks

# Search for inputs that break a law: half of FUZZ_SECONDS in the reader, half in a lane's whole core.
FUZZ_SECONDS ?= 60
fuzz: $(STAMPS)/dev
	@$(BIN)/pip install --quiet --disable-pip-version-check atheris
	@for target in reading lane; do \
		$(BIN)/python -m fuzz --target $$target --seconds $$(($(FUZZ_SECONDS) / 2)) || exit 1; done

# A Debian package for this machine's architecture and Debian version, in dist/.
deb:
	@tools/build_deb.sh

# The package on a whole machine: boots a Debian guest in qemu. Minutes, as root; needs qemu-system-x86, debootstrap.
test-appliance: $(STAMPS)/dev deb
	@$(BIN)/python -m pytest appliance/test_appliance.py -v -s -rs --timeout 3600

# The power of a lane in such a guest is cut, twenty times; then once more at 500 other writes, from the disk's log.
test-power-cuts: $(STAMPS)/dev deb
	@$(BIN)/python -m pytest appliance/test_power_cuts.py -v -s -rs --timeout 3600

clean:
	rm -rf $(VENV) $(STAMPS) build dist demo/out benchmarks/out .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "receiptbridge needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) -V`. Try: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv module is missing. On Debian: sudo apt install python3-venv" >&2; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/demo: $(STAMPS)/venv pyproject.toml
	@echo "Installing what the demo needs into $(VENV) (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[service,sim]"
	@touch $@

$(STAMPS)/dev: $(STAMPS)/venv pyproject.toml
	@echo "Installing what the tests need into $(VENV) (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@ $(STAMPS)/demo
