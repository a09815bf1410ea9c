#!/bin/sh
# Makes the man page of the query language from its page in docs: query_page.sh LOWDOWN INPUT OUTPUT
set -e
case $2 in
  *.fr.md) name=NOM summary='la langue de requête de limier' ;;
  *) name=NAME summary='the query language of limier' ;;
esac
mkdir -p "$(dirname "$3")"
# The title becomes the NAME that a man page begins with; of fonts a terminal has bold but no typewriter's; the tables
# do without boxes, and have room for the longest word.
"$1" -s -Tman -Mtitle=limier-query -Msection=7 "$2" |
  sed -e 's/^\.TH .*/&\n.ad l\n.nh/' \
    -e "0,/^$(sed -n '1s/^# //p' "$2")\$/s//$name\nlimier\\\\-query \\\\- $summary\n.SH DESCRIPTION/" \
    -e 's/\\fC/\\fB/g' -e 's/expand allbox/nospaces/' -e 's/^l l l\.$/lw(24n) lw(21n) lw(19n)./' > "$3"
