#!/bin/sh
# Prints a Python that Ashore runs on: $PYTHON if set, else the best one there is.
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'
if [ -n "$PYTHON" ]; then
    "$PYTHON" -c "$fits" 2>/dev/null && { command -v "$PYTHON"; exit 0; }
    found=$("$PYTHON" -c 'import sys; print("Python %d.%d" % sys.version_info[:2])' 2>/dev/null || echo "not a Python")
    echo "Ashore needs Python 3.11, 3.12 or 3.13, and PYTHON=$PYTHON is $found: set PYTHON to another one." >&2
    exit 1
fi
for name in python3.11 python3.12 python3.13 python3 python; do
    "$name" -c "$fits" 2>/dev/null && { command -v "$name"; exit 0; }
done
found=$(python3 -c 'import sys; print("Python %d.%d" % sys.version_info[:2])' 2>/dev/null || echo "none")
echo "Ashore needs Python 3.11, 3.12 or 3.13, and this computer has $found: install one (Debian: apt install python3.11) or set PYTHON=/path/to/python." >&2
exit 1
