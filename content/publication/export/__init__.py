"""The static export: what the hub serves to everybody, as files that any web server can serve.

| file | what it holds |
|---|---|
| `exported.py` | one answer on its way out |
| `layout.py` | which file an address is written to |
| `texts.py`, `proofs.py`, `lists.py` | the answers |
| `everything.py` | all of them, of one moment |
| `manifest.py` | the file that names every address, its status and its headers |
| `folder.py`, `store.py` | where files go: a folder, a store of objects |
| `run.py` | one run: what differs is written, what is no longer there is removed |
"""
