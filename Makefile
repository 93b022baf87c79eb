# What this project does, by name. Each goal may be repeated; nothing is built or installed twice.
#
#   make demo       set up, ingest the bundled prices, train and backtest gated-dqn, show where the report is
#   make test       set up, check the format, run all tests
#   make build      leave the program at .build/release/trader
#   make benchmark  measure training against matrix multiplication, and ingesting against the shell of SQLite
#   make benchmark-pytorch  measure training against the same updates in PyTorch (turns=… for more or fewer than 20)
#   make fuzz       throw random files at 'trader ingest' under the address sanitizer, for two minutes (seconds=… for longer)
#   make ablation   measure what each part of the value-based family adds on Gao's games (some minutes)
#   make few-episodes  try how Gao's games are best learned from a hundred episodes (about an hour)
#   make check-tensorboard  have TensorBoard's own readers read what runs and a training log write
#   make check-pytorch  have PyTorch's layers compute the action values of our model files
#   make format     format all sources
#   make clean      remove what was built (not the database, not the reports)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

trader := .build/release/trader
database := MarketData/market.sqlite
# One store holds one series for a symbol: us20 has its own closes of AAPL and MSFT, so it gets a store of its own.
prices := $(addprefix MarketData/,aapl_daily.csv ibm_daily.csv msft_daily.csv sp500_close.csv sp500_index_daily.csv \
	factor_etfs_close_wide.csv eurusd_hourly_2017.csv)

packages := libopenblas-dev libsqlite3-dev libcsv-dev pkg-config

# Installs packages with apt, as root or through sudo.
define install
{ as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
	echo "Installing $(1)"; \
	$$as_root apt-get update -qq; \
	DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $(1) > /dev/null; }
endef

# Makes .build/$(1) a Python environment of its own with the packages that the file $(2) names, unless it is there.
define python
[ .build/$(1)/ready -nt $(2) ] || { \
	python3 -c 'import ensurepip, venv' 2> /dev/null || $(call install,python3 python3-venv); \
	echo "Installing what $(2) names into .build/$(1)"; \
	rm -rf .build/$(1); mkdir -p .build; python3 -m venv .build/$(1); \
	.build/$(1)/bin/pip install --quiet --disable-pip-version-check --requirement $(2); \
	touch .build/$(1)/ready; }
endef

.PHONY: demo test build benchmark benchmark-pytorch ablation few-episodes fuzz check-tensorboard check-pytorch format lint clean setup

demo: build
	@$(trader) ingest --database $(database) $(prices)
	@$(trader) backtest --strategy gated-dqn --database $(database)

# What failed is told once more at the end: an issue stands thousands of lines before it. The log keeps all lines.
test: log := .build/test.log
test: setup lint
	@mkdir -p .build
	@swift test -c release --disable-testable-imports 2>&1 | tee $(log) || { \
		status=$$?; \
		printf '\nWhat failed, out of $(log):\n'; \
		awk '/^(◇|✔|➜|⚠)/ { told = 0 } /^✘|^error: |\.swift:[0-9:]+ (error|Fatal error): / { told = 1 } told' $(log); \
		exit $$status; }

build: setup
	@swift build -c release --product trader

lint:
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

format:
	@swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

benchmark: build
	@TRADER_BENCHMARKS=1 swift build -c release --product update-benchmark
	@OPENBLAS_NUM_THREADS=1 .build/release/update-benchmark
	@TRADER_BENCHMARKS=1 swift build -c release --product ingest-benchmark
	@command -v sqlite3 > /dev/null || $(call install,sqlite3)
	@.build/release/ingest-benchmark

ablation: build
	@python3 Benchmarks/Ablation/ablation.py $(trader)

few-episodes: build
	@$(call python,numpy,Benchmarks/Ablation/requirements.txt)
	@.build/numpy/bin/python Benchmarks/Ablation/few_episodes.py $(trader)

# Compiling needs a C++ compiler and Python's headers. What is compiled stays below .build.
benchmark-pytorch: turns ?= 20
benchmark-pytorch: setup
	@TRADER_BENCHMARKS=1 swift build -c release --product update-benchmark
	@command -v g++ > /dev/null || $(call install,g++)
	@$(call python,pytorch,Benchmarks/PyTorch/requirements.txt)
	@[ -e "$$(python3 -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" ] || $(call install,python3-dev)
	@TORCHINDUCTOR_CACHE_DIR="$(CURDIR)/.build/pytorch/compiled" .build/pytorch/bin/python \
		Benchmarks/PyTorch/update_benchmark.py .build/release/update-benchmark $(turns)

# The seeds are committed; what is found beside them stays below .build. A crash leaves its input there and fails the goal.
fuzz: seconds ?= 120
fuzz: setup
	@TRADER_FUZZ=1 swift build -c release --build-path .build/fuzz --product price-file-fuzzer \
		-Xswiftc -sanitize=fuzzer -Xswiftc -sanitize=address \
		-Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table
	@mkdir -p .build/fuzz/corpus
	@ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=4 .build/fuzz/release/price-file-fuzzer \
		-detect_leaks=0 -max_len=512 -timeout=20 -max_total_time=$(seconds) -print_final_stats=1 \
		-artifact_prefix=.build/fuzz/ .build/fuzz/corpus Tests/Fuzz/Corpus

check-tensorboard: build
	@$(call python,tensorboard,Tests/TensorBoard/requirements.txt)
	@TRADER_CHECKS=1 swift build -c release --product training-log-sample
	@.build/tensorboard/bin/python Tests/TensorBoard/check_tensorboard.py $(trader) .build/release/training-log-sample

check-pytorch: build
	@$(call python,pytorch,Benchmarks/PyTorch/requirements.txt)
	@.build/pytorch/bin/python Benchmarks/PyTorch/check_qnetwork.py $(trader) \
		$(addprefix MarketData/,aapl_daily.csv ibm_daily.csv msft_daily.csv)

clean:
	@rm -rf .build

# Installs the system libraries with apt where they are missing; elsewhere it says what to install, and stops.
setup:
	@command -v swift > /dev/null || { \
		echo "A Swift 6 toolchain is needed and 'swift' was not found: install one and put it on the PATH." >&2; exit 2; }
	@[[ "$$(swift --version 2>/dev/null)" =~ Swift\ version\ ([6-9]|[1-9][0-9])\. ]] || { \
		echo "A Swift 6 toolchain is needed; 'swift --version' names an older one." >&2; exit 2; }
	@if ! { command -v pkg-config > /dev/null && pkg-config --exists openblas sqlite3 \
			&& printf '#include <csv.h>\n' | cc -E - > /dev/null 2>&1; }; then \
		if command -v apt-get > /dev/null; then \
			$(call install,$(packages)); \
		else \
			echo "These libraries are needed, with their headers: OpenBLAS, SQLite 3, libcsv; and pkg-config." >&2; \
			echo "Install them with the package manager of this system, then try again." >&2; exit 2; \
		fi; \
	fi
