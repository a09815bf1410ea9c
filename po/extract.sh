#!/bin/sh
# Prints the catalogue's template: every string of the source that is to be translated.
cd "$(dirname "$0")/.."
find lib tools po -name '*.cc' -o -name '*.h' | LC_ALL=C sort |
  xgettext --files-from=- --language=C++ --from-code=UTF-8 --no-location --no-wrap --add-comments=TRANSLATORS: \
    --keyword --keyword=message --keyword=make_message --keyword=translatable --keyword=tr --keyword=tr_n:1,2 --output=-
