#include "analysis/addresses.h"

#include <algorithm>
#include <iterator>

namespace limier {
namespace {

// Those that French texts name. Left out: what ends a sentence without a space before the next (`fini.la`, `jour.de`).
constexpr std::string_view top_level_domains[] = {
    "ad",      "africa", "ai",  "alsace", "app", "asso", "at",   "be",  "bf", "bi",     "biz",  "bj",  "br",
    "bzh",     "ca",     "cat", "cd",     "cf",  "cg",   "ch",   "ci",  "cm", "cn",     "co",   "com", "coop",
    "corsica", "dj",     "dz",  "edu",    "eg",  "eu",   "fm",   "fr",  "ga", "gf",     "gg",   "gn",  "gouv",
    "gov",     "gp",     "gq",  "gr",     "ht",  "ie",   "info", "int", "io", "it",     "jp",   "km",  "lb",
    "lu",      "ly",     "ma",  "mc",     "mg",  "ml",   "mq",   "mr",  "mu", "museum", "name", "nc",  "ne",
    "net",     "ng",     "nl",  "org",    "pf",  "pl",   "pm",   "pro", "pt", "quebec", "re",   "ru",  "rw",
    "sc",      "se",     "sn",  "sncf",   "td",  "tg",   "tn",   "tv",  "uk", "us",     "wf",   "yt"};

static_assert(std::is_sorted(std::begin(top_level_domains), std::end(top_level_domains)));

constexpr int most_parts = 10;
constexpr std::size_t lookahead = 64;  // bytes; the local part of an address has no more (RFC 5321)

bool is_top_level_domain(std::string_view exact) {
  return std::binary_search(std::begin(top_level_domains), std::end(top_level_domains), exact);
}

bool is_letter_or_digit(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  const auto lower = value | 0x20;
  return (lower >= 'a' && lower <= 'z') || (value >= '0' && value <= '9') || value >= 0x80;
}

bool is_link(char byte) { return byte == '.' || byte == '-' || byte == '_' || byte == '+'; }

}  // namespace

// Spares most compounds and ends of sentences the search for parts.
bool may_be_address(std::string_view text, std::size_t at) {
  const auto window = text.substr(at, lookahead);
  for (std::size_t i = 0; i + 1 < window.size(); ++i) {
    if (window[i] == '@') return true;
    if (window[i] == '.') return is_letter_or_digit(window[i + 1]);
    if (!is_link(window[i]) && !is_letter_or_digit(window[i])) return false;
  }
  return false;
}

bool may_introduce_address(std::string_view exact) {
  return exact == "www" || exact == "http" || exact == "https" || exact == "ftp";
}

bool join_address(std::string_view text, Word& word) {
  if (!may_be_address(text, word.end)) return false;
  Word whole = word, before = word, part, best;
  bool is_mail = false, found = false, is_domain = true;
  auto label_letters = word.letters + word.digits;
  for (int parts = 1; parts < most_parts; ++parts) {
    const auto link = character_at(text, whole.end);
    if (link.code != '@' && (link.code > 0x7F || !is_link(static_cast<char>(link.code)))) break;
    if (link.code == '@' && is_mail) break;
    const auto next = character_at(text, link.end);
    if (!next.starts_word()) break;
    read_run(text, next.begin, part);
    if (link.code == '@') is_mail = true;
    if (link.code == '_' || link.code == '+') is_domain = false;
    const char link_byte = static_cast<char>(link.code);
    join(whole, {&link_byte, 1}, part);
    const bool may_end = is_mail || (is_domain && label_letters > 1 && is_top_level_domain(part.exact.view()));
    if (link.code == '.' && may_end && !begins_sentence(text, before, part)) {
      best = whole;
      found = true;
    }
    label_letters = part.letters + part.digits;
    before = part;
  }
  if (!found) return false;
  word = best;
  word.as_written = true;
  return true;
}

bool introduces_address(std::string_view text, const Word& word) {
  const auto exact = word.exact.view();
  if (exact == "www") {
    const auto point = character_at(text, word.end);
    return point.code == '.' && character_at(text, point.end).starts_word();
  }
  return (exact == "http" || exact == "https" || exact == "ftp") && text.substr(word.end).starts_with("://");
}

}  // namespace limier
