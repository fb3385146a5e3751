"""Into force and out of it: releases, withdrawals, and the bytes that member sites are served."""
