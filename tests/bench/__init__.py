"""Speed as ratios within one run. `make bench` prints them; `make test-all` holds the floors."""
