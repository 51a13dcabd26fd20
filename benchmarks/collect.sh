#!/usr/bin/env bash
# Gathers real PDFs in many languages, which nobody here wrote, from Debian's packages: benchmarks/collect.sh FOLDER
# The packages are downloaded and unpacked, not installed; nothing of them belongs into this repository.
set -euo pipefail
folder=${1:?usage: benchmarks/collect.sh FOLDER}
packages=(
    maint-guide-ca maint-guide-de maint-guide-es maint-guide-fr maint-guide-it maint-guide-ru
    debian-faq debian-faq-de debian-faq-fr debian-faq-it debian-faq-nl
    debian-history debian-refcard installation-guide-amd64 live-manual-pdf
    texlive-lang-polish texlive-lang-portuguese texlive-lang-czechslovak texlive-lang-greek
)
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in "${packages[@]}"; do
    apt-get download -q "$package" || { echo "not to be had: $package" >&2; continue; }
    dpkg-deb -x "$package"_*.deb "unpacked-$package"
    while IFS= read -r -d '' file; do
        name=$package--$(basename "${file%.gz}")
        case $file in
            *.gz) gzip -dc "$file" >"$folder/$name" ;;
            *) cp "$file" "$folder/$name" ;;
        esac
    done < <(find "unpacked-$package" -type f \( -iname '*.pdf' -o -iname '*.pdf.gz' \) -print0)
done
find "$folder" -type f -name '*.pdf' | wc -l | xargs echo "PDF files:"
