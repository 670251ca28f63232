.PHONY: run build dev test bench prove

run:    ## build the release and serve the demo organisation on http://127.0.0.1:3000
	scripts/run.sh
build:  ## target/release/perilune, which carries its site
	scripts/build.sh
dev:    ## the edit loop: rebuilds and reloads the open page
	scripts/dev.sh
test:   ## everything: formatting, lints, unit, store, router and browser tests
	scripts/test.sh
bench:  ## prints figures
	scripts/bench.sh
prove:  ## the long proofs with full counts
	PERILUNE_PROVE=1 scripts/test.sh
