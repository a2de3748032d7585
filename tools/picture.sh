#!/usr/bin/env bash
# Make the pictures of the README anew: the pages of the demo, photographed by a headless Chromium. Run it after `make demo`,
# which sets everything up.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
.venv/bin/ascendant demo --lang en
mkdir -p docs/images
for page in briefing mirror; do
  folder=demo && [ $page = mirror ] && folder=demo/mirror-en
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" 2>/dev/null \
    --force-device-scale-factor=1.5 --window-size=1080,1330 --screenshot="$profile/page.png" "file://$PWD/$folder/report/$page-en.html"
  .venv/bin/python -c "
import sys
from PIL import Image
Image.open(sys.argv[1]).quantize(128).save(sys.argv[2], optimize=True)" "$profile/page.png" "docs/images/$page.png"
done
