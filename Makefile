# The commands of this repository. `make help` lists them.

SHELL := /bin/sh
# There is nothing here that make knows how to build by itself; looking for it takes longer than starting.
MAKEFLAGS += --no-builtin-rules --no-builtin-variables
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: run build dev test lint bench bench-full bench-10m chaos gen demo help

TARGET := $(or $(CARGO_TARGET_DIR),target)
PROGRAM := $(TARGET)/release/tulou
POSTGRES := .cache/postgres-$(shell sed -n 's/.*==\([0-9.]*\).*/\1/p' scripts/postgres.txt)/bin/postgres
CLIENT := web/dist/index.html
# npm writes this file last.
PACKAGES := web/node_modules/.package-lock.json

# Folders are named too: a file that goes away changes the folder it was in.
WEB := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -path web -o -print 2>/dev/null)
SERVER := Cargo.toml Cargo.lock rust-toolchain.toml .cargo/config.toml $(shell find crates -name tests -prune -o -print)

## run: build what has changed and start Tulou on http://127.0.0.1:8080
run:
	@scripts/check run
	@$(MAKE) --no-print-directory --silent program
	@exec scripts/serve $(PROGRAM)

## build: the program, with the client in it, and the PostgreSQL it brings along
build:
	@scripts/check build
	@$(MAKE) --no-print-directory --silent program
	@echo "Built $(PROGRAM)"

## dev: server and client with reload on http://127.0.0.1:5173
dev:
	@scripts/check dev
	@$(MAKE) --no-print-directory --silent packages
	@exec scripts/dev

## test: everything that proves the repository, as CI runs it
test:
	@scripts/check test
	@scripts/test

## lint: the part of `make test` that runs nothing: format, rules, clippy, types
lint:
	@scripts/check test
	@scripts/test packages fmt tidy clippy "web lint" "web types"

## bench: the daily measurements of docs/performance.md, in 6 minutes
bench:
	@scripts/check build
	@$(MAKE) --no-print-directory --silent program
	@bench/run quick

## bench-full: all of them, three rounds beside the servers Tulou is compared with
bench-full:
	@scripts/check build
	@$(MAKE) --no-print-directory --silent program
	@if [ "$$(id -u)" -eq 0 ]; then bench/peers/install; fi
	@bench/run full

## bench-10m: sending and reading with ten million messages stored
bench-10m:
	@scripts/check build
	@$(MAKE) --no-print-directory --silent program
	@bench/run 10m

## chaos: three nodes on one database, people who talk, one misfortune after the other; 7 minutes
chaos:
	@scripts/check build
	@$(MAKE) --no-print-directory --silent program
	@bench/chaos

## gen: API document, client types, tables of access and permissions, data map
gen:
	@scripts/check gen
	@$(MAKE) --no-print-directory --silent packages
	@cargo xtask gen

## demo: a throw-away company of 48 people to try
demo:
	@scripts/check demo
	@$(MAKE) --no-print-directory --silent program
	@exec scripts/demo $(PROGRAM)

## help: this list
help:
	@echo "Tulou, the self-hosted collaboration suite."
	@sed -n 's/^## \([a-z0-9-]*\): \(.*\)/  make \1	\2/p' Makefile | expand -t 18

.PHONY: program packages
program: $(PROGRAM) $(POSTGRES)
packages: $(PACKAGES) $(POSTGRES)

$(PROGRAM): $(SERVER) $(CLIENT)
	@echo "Building the server ..."
	@# Cargo does not know of files that were not there when it last looked into web/dist.
	@if [ ! -e $@ ] || [ $(CLIENT) -nt $@ ]; then touch -c crates/server/src/edge/client.rs; fi
	@cargo build --release --locked --package server
	@touch $@

$(CLIENT): $(WEB) $(PACKAGES)
	@echo "Building the client ..."
	@npm run --silent --prefix web build
	@touch $@

$(PACKAGES): web/package.json web/package-lock.json
	@echo "Fetching the client's packages ..."
	@npm ci --prefix web --prefer-offline --no-audit --no-fund --loglevel=error
	@touch $@

$(POSTGRES): scripts/postgres scripts/postgres.txt scripts/wheel.py
	@echo "Fetching PostgreSQL ..."
	@scripts/postgres > /dev/null
	@touch $@
