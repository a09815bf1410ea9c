#!/bin/sh
# Brings fr.po up to date with the source: new strings are there to be translated, those no longer used are gone.
cd "$(dirname "$0")"
./extract.sh | msgmerge --quiet --no-wrap --no-fuzzy-matching --update --backup=none fr.po -
msgattrib --no-wrap --no-obsolete --output-file=fr.po fr.po
sed -i -e '/^"POT-Creation-Date/d' -e '/^"Report-Msgid-Bugs-To/d' fr.po
