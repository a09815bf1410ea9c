#include "text/entities.h"

#include <doctest/doctest.h>

#include <string_view>

using limier::decode_entities;

TEST_CASE("entities: names and numbers") {
  struct Row {
    std::string_view text;
    std::string_view decoded;
  };
  const Row rows[] = {
      {"l&#39;&eacute;t&eacute;", "l'été"},
      {"l&rsquo;&Eacute;tat", "l’État"},
      {"&laquo;&nbsp;oui&nbsp;&raquo;", "«\u00a0oui\u00a0»"},
      {"&oelig;uvre &OElig;uvre", "œuvre Œuvre"},
      {"&#x2019;&#X2019;&#8217;", "’’’"},
      {"l&#146;or", "l’or"},
      {"&#x1F600;", "😀"},
      {"&euro;", "€"},
      {"AT&amp;T", "AT&T"},
      {"&amp;eacute;", "&eacute;"},
      {"&lt;b&gt;", "<b>"},
      {"&thetasym;", "ϑ"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(decode_entities(row.text) == row.decoded);
  }
}

TEST_CASE("entities: what is none stays") {
  for (const std::string_view text : {"", "AT&T", "R&D;", "&", "&;", "&#;", "&#x;", "&inconnu;", "&eacute", "&#55296;",
                                      "&#1114112;", "&#0;", "&#99999999999;", "a & b; c", "&#12a;"}) {
    CAPTURE(text);
    CHECK(decode_entities(text) == text);
  }
}
