#!/usr/bin/env bash
# Make the picture of the README anew: the demo's page, photographed by a headless Chromium. Run it after `make demo`.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
.venv/bin/ascendant report --study demo --lang en
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" 2>/dev/null \
  --force-device-scale-factor=1.5 --window-size=1080,1330 --screenshot="$profile/page.png" "file://$PWD/demo/report/briefing-en.html"
mkdir -p docs/images
.venv/bin/python -c "
import sys
from PIL import Image
Image.open(sys.argv[1]).quantize(128).save('docs/images/briefing.png', optimize=True)" "$profile/page.png"
