"""Speed, measured as ratios within one run. `make bench` runs it; `make test-all` holds the floors."""
