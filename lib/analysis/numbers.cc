#include "analysis/numbers.h"

#include <algorithm>
#include <charconv>

namespace limier {
namespace {

constexpr std::uint32_t group_size = 3;
constexpr int most_groups = 4;  // mille milliards; longer rows of groups are tables

bool is_group_space(char32_t code) { return code == ' ' || code == 0xA0 || code == 0x2009 || code == 0x202F; }

bool is_group_link(Character link, Character first_link) {
  if (link.kind == CharacterKind::Apostrophe) return first_link.kind == CharacterKind::Apostrophe;
  return is_group_space(link.code) && is_group_space(first_link.code);
}

/// One to three digits, the first not 0.
bool begins_groups(const Word& word) {
  return word.is_number() && word.digits <= group_size && !word.exact.view().starts_with('0');
}

/// Three digits. The last group may have more behind them: `20 000ème`, `5.000m2`.
bool is_group(const Word& word) {
  if (word.is_number()) return word.digits == group_size;
  return word.exact.view().find_first_not_of("0123456789") == group_size;
}

/// Reads the run after `link` where it begins with a digit.
bool read_after(std::string_view text, Character link, Word& word) {
  const auto next = character_at(text, link.end);
  if (next.kind != CharacterKind::Digit) return false;
  read_run(text, next.begin, word);
  return true;
}

/// `590 000`, `590'000`.
bool join_groups(std::string_view text, Word& word) {
  if (!begins_groups(word)) return false;
  const auto first_link = character_at(text, word.end);
  Word group;
  int groups = 0;
  for (auto link = first_link; groups < most_groups && is_group_link(link, first_link);
       link = character_at(text, word.end)) {
    if (!read_after(text, link, group) || !is_group(group)) break;
    join(word, "", group);
    ++groups;
    if (!group.is_number()) break;
  }
  return groups > 0;
}

bool is_byte(const Word& word) {
  const auto digits = word.exact.view();
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return word.is_number() && word.digits <= group_size && value <= 255;
}

/// What numbers with points between them are.
struct Dotted {
  Word as_written;
  Word grouped;        // without the points
  bool groups = true;  // each has three digits
  bool bytes = true;   // each is at most 255
  bool short_parts = true;
  int parts = 1;  // at most 5 are counted
};

Dotted read_dotted(std::string_view text, const Word& word) {
  Dotted dotted{.as_written = word,
                .grouped = word,
                .groups = begins_groups(word),
                .bytes = is_byte(word),
                .short_parts = word.digits <= group_size};
  Word part;
  for (auto link = character_at(text, word.end); link.code == '.' && read_after(text, link, part);
       link = character_at(text, part.end)) {
    dotted.groups = dotted.groups && dotted.grouped.is_number() && is_group(part);
    join(dotted.as_written, ".", part);
    join(dotted.grouped, "", part);
    dotted.bytes = dotted.bytes && is_byte(part);
    dotted.short_parts = dotted.short_parts && part.digits <= group_size;
    dotted.parts = std::min(dotted.parts + 1, 5);
  }
  return dotted;
}

/// 1000 to 2999: in `en 2019.5 autres` the point ends a sentence.
bool is_year(const Word& word) {
  return word.is_number() && word.digits == 4 && (word.exact.view()[0] == '1' || word.exact.view()[0] == '2');
}

/// `590.000` -> `590000`; `4.2`, `v2.0`, `1.2.3` and `192.168.100.200` as they are. Dates and telephone numbers stay
/// apart, as they do with other signs: `23.11.2022`, `01.23.45.67.89`.
bool join_dotted(std::string_view text, Word& word) {
  if (character_at(text, word.end).code != '.') return false;
  const auto dotted = read_dotted(text, word);
  if (dotted.parts == 1) return false;
  const bool is_ip_address = dotted.bytes && dotted.parts == 4;
  if (dotted.groups && !is_ip_address) {
    word = dotted.grouped;
    return true;
  }
  const bool is_one = dotted.parts == 2 ? !is_year(word) : dotted.parts < 5 && dotted.short_parts;
  if (is_one) word = dotted.as_written;
  return is_one;
}

/// `4,2` -> `4.2`; not in the list `1,2,3`.
bool join_decimals(std::string_view text, Word& word) {
  const auto comma = character_at(text, word.end);
  Word decimals, further;
  if (comma.code != ',' || !word.is_number() || !read_after(text, comma, decimals)) return false;
  const auto next = character_at(text, decimals.end);
  if (next.code == ',' && read_after(text, next, further)) return false;
  join(word, ".", decimals);
  return true;
}

/// Inside a row of numbers, of which the rules above wanted nothing: the 2 of `1,2,3`, the 11 of `23.11.2022`.
bool is_in_row(std::string_view text, const Word& word) {
  if (word.begin < 2) return false;
  const char before = text[word.begin - 2];
  const char link = text[word.begin - 1];
  return (link == ',' || link == '.') && before >= '0' && before <= '9';
}

}  // namespace

bool join_number(std::string_view text, Word& word) {
  if (is_in_row(text, word)) return false;
  bool any = join_groups(text, word);
  if (!any) any = join_dotted(text, word);
  any = join_decimals(text, word) || any;
  word.as_written = word.as_written || any;
  return any;
}

}  // namespace limier
