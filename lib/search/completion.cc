#include "search/completion.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "query/expansion.h"
#include "shard/schema.h"
#include "text/folding.h"
#include "text/utf8.h"

namespace limier {
namespace {

constexpr std::size_t most_sampled = 30;            // documents in which followers of a word are looked for
constexpr std::size_t most_sampled_bytes = 10'000;  // of each one's body
constexpr std::size_t least_seen = 2;               // documents of these that have to have a follower
constexpr std::size_t words_with_followers = 3, most_followers = 3;
constexpr std::size_t most_words_before = 3;
constexpr std::size_t most_tried = 50;               // words that may stand behind others
constexpr std::uint64_t most_counted = 1000;         // documents in which one does
constexpr std::uint64_t most_looked_at = 2'000'000;  // documents for all of them, lest it take too long
constexpr std::size_t most_ties = 2;  // words of grammar between two words, as in `accord sur le nucléaire`
constexpr std::uint64_t rare = 1000;  // what so many times fewer documents hold than the best is no completion

/// Words of grammar that tie two others, without their accents but for that of `à`, which without it is a verb.
constexpr std::string_view ties[] = {"à",  "au", "aux", "contre", "de",  "des",  "du",  "en",
                                     "et", "la", "le",  "les",    "par", "pour", "sur", "entre"};

/// A word and where it stands in its text.
struct Word {
  std::string folded, stem;
  std::size_t begin = 0, end = 0;
  bool stop_word = false;
};

std::vector<Word> words_of(std::string_view text, const Analyzer& analyzer) {
  std::vector<Word> words;
  analyzer.analyze(text, [&](const Token& token) {
    words.push_back({std::string(token.folded), std::string(token.stem), token.begin, token.end, token.stop_word});
  });
  return words;
}

bool is_tie(const Token& token) {
  return token.stop_word && std::find(std::begin(ties), std::end(ties), token.exact) != std::end(ties);
}

/// Whether words with this between them are in one sentence: letters of other words, spaces, apostrophes and hyphens.
bool is_running(std::string_view between) {
  for (std::size_t at = 0; at < between.size();) {
    const DecodedCodePoint point = decode_utf8(between, at);
    const char32_t c = point.value;
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x250);
    const bool is_sign = c == ' ' || c == 0xA0 || c == 0x202F || c == '\'' || c == 0x2019 || c == '-';
    if (!is_letter && !is_sign) return false;
    at += point.length;
  }
  return true;
}

bool is_spaces(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

/// Without accents, case and the form of apostrophes.
std::string comparable(std::string_view between) {
  std::string folded = fold(between);
  for (std::size_t at = 0; (at = folded.find("’", at)) != std::string::npos;) folded.replace(at, 3, "'");
  return folded;
}

/// A word with another behind it, as a text has them: the word, what is between, the other.
using Pair = std::array<std::string, 3>;

/// Counts what stands behind a word in documents.
class FollowerCounter {
 public:
  /// Of `word`, those that begin with `start`; with `between` between them, unless that is nothing but spaces.
  FollowerCounter(std::string word, std::string_view between, std::string start, const Analyzer& analyzer)
      : word_(std::move(word)), between_(comparable(between)), start_(std::move(start)), analyzer_(analyzer) {
    if (is_spaces(between_)) between_.clear();
  }

  void add(const Document& document) {
    seen_.clear();
    add_text(document.title);
    add_text(std::string_view(document.body).substr(0, most_sampled_bytes));
  }

  /// Those that several documents have, the most frequent first, each as it is most often written.
  std::vector<Pair> take(std::size_t most) {
    std::vector<std::pair<std::size_t, Pair>> frequent;
    for (const auto& [key, follower] : followers_) {
      if (follower.documents < least_seen) continue;
      const auto more_often = [](const auto& a, const auto& b) { return a.second < b.second; };
      frequent.emplace_back(follower.documents,
                            std::max_element(follower.spellings.begin(), follower.spellings.end(), more_often)->first);
    }
    std::sort(frequent.begin(), frequent.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (frequent.size() > most) frequent.resize(most);
    std::vector<Pair> pairs;
    for (auto& [documents, pair] : frequent) pairs.push_back(std::move(pair));
    return pairs;
  }

 private:
  struct Follower {
    std::size_t documents = 0;
    std::map<Pair, std::size_t> spellings;
  };

  /// An occurrence of the word whose follower is still to come.
  struct Occurrence {
    std::size_t begin = 0, end = 0;
    std::size_t ties = 0;  ///< Words since.
    std::string key;
  };

  void add_text(std::string_view text) {
    std::optional<Occurrence> last;
    analyzer_.analyze(text, [&](const Token& token) {
      if (last && is_tie(token) && last->ties < most_ties) {
        ++last->ties;
        last->key.append(token.folded).append(1, ' ');
        return;
      }
      if (last && !token.stop_word) add_pair(text, *last, token);
      last.reset();
      if (token.folded == word_) last = {token.begin, token.end, 0, ""};
    });
  }

  void add_pair(std::string_view text, const Occurrence& first, const Token& second) {
    const std::string_view between = text.substr(first.end, second.begin - first.end);
    if (!is_running(between) || !continues(comparable(between), second.folded)) return;
    const std::string key = first.key + std::string(second.folded);
    Follower& follower = followers_[key];
    ++follower.spellings[{std::string(text.substr(first.begin, first.end - first.begin)), std::string(between),
                          std::string(text.substr(second.begin, second.end - second.begin))}];
    if (seen_.insert(key).second) ++follower.documents;
  }

  /// Whether what is typed goes on so. `coup d` may be meant for `coup d'État`, whose `d` is none of its words.
  bool continues(std::string_view between, std::string_view second) const {
    if (!between_.empty()) return between == between_ && second.starts_with(start_);
    between.remove_prefix(std::min(between.size(), between.find_first_not_of(' ')));
    return second.starts_with(start_) || std::string(between).append(second).starts_with(start_);
  }

  std::string word_, between_, start_;
  const Analyzer& analyzer_;
  std::map<std::string, Follower> followers_;  // by their words without accents
  std::set<std::string> seen_;                 // in the document at hand
};

/// Equal ones stay in their order.
void sort_by_documents(std::vector<Completion>& completions) {
  std::stable_sort(completions.begin(), completions.end(),
                   [](const Completion& a, const Completion& b) { return a.documents > b.documents; });
}

class Completer {
 public:
  Completer(std::string text, const WordCounts& counts) : counts_(counts), text_(std::move(text)) {
    std::vector<Word> words = words_of(text_, counts.analyzer());
    before_end_ = text_.size();
    if (!words.empty() && words.back().end == text_.size()) {
      start_ = words.back().folded;
      before_end_ = words.back().begin;
      words.pop_back();
    }
    std::erase_if(words, [](const Word& word) { return word.stop_word; });
    const std::size_t kept = std::min(words.size(), most_words_before);
    words_before_.assign(words.end() - static_cast<std::ptrdiff_t>(kept), words.end());
    if (!words.empty()) between_ = text_.substr(words.back().end, before_end_ - words.back().end);
  }

  std::vector<Completion> complete(std::size_t top) const {
    std::vector<Completion> completions = words_before_.empty() ? first_words(top) : next_words(top);
    if (completions.size() > top) completions.resize(top);
    return completions;
  }

 private:
  /// Words, and pairs that begin with the most frequent of them.
  std::vector<Completion> first_words(std::size_t top) const {
    const std::string before = text_.substr(0, before_end_);
    const std::vector<Completion> words = words_that_begin_so(top);
    std::vector<Completion> completions;
    for (const Completion& word : words) completions.push_back({before + word.text, word.documents});
    for (std::size_t i = 0; i < std::min(words.size(), words_with_followers); ++i) {
      const std::string folded = words_of(words[i].text, counts_.analyzer()).front().folded;
      for (const Pair& pair : followers(words[i].text, folded, most_followers))
        add(completions, before + pair[0] + pair[1] + pair[2]);
    }
    sort_by_documents(completions);
    return completions;
  }

  /// What stands behind the words before, else words of the documents that hold these.
  std::vector<Completion> next_words(std::size_t top) const {
    std::vector<Completion> completions;
    for (Completion& next : behind_the_last(top))
      if (completions.size() < top) add(completions, std::move(next.text));
    if (!completions.empty()) return completions;
    for (const Completion& word : words_that_begin_so(top)) add(completions, text_.substr(0, before_end_) + word.text);
    sort_by_documents(completions);
    return completions;
  }

  /// The text with what stands behind its last word before, and in how many documents it stands there.
  std::vector<Completion> behind_the_last(std::size_t top) const {
    const Word& last = words_before_.back();
    const std::string before = text_.substr(0, before_end_);
    std::vector<Completion> found;
    std::set<std::string> listed;
    const auto list = [&](std::string text, const std::string& word) {
      if (!listed.insert(fold(word)).second) return;
      const std::uint64_t documents = counts_.of_query(phrase("", text.substr(last.begin)), most_counted);
      if (documents > 0) found.push_back({std::move(text), documents});
    };
    std::string context;
    for (const Word& word : words_before_) context += text_.substr(word.begin, word.end - word.begin) + ' ';
    for (const Pair& pair : followers(context, last.folded, top))
      list(is_spaces(between_) ? text_.substr(0, last.end) + pair[1] + pair[2] : before + pair[2], pair[2]);
    const std::uint64_t with_last = counts_.of_word("", text_.substr(last.begin, last.end - last.begin));
    std::uint64_t looked_at = 0;
    for (const Completion& word : words_that_begin_so(most_tried)) {
      list(before + word.text, word.text);
      looked_at += std::min(with_last, word.documents);
      if (looked_at > most_looked_at) break;
    }
    sort_by_documents(found);
    return found;
  }

  /// The most frequent ones; of those that find the same, the most frequent form.
  std::vector<Completion> words_that_begin_so(std::size_t most) const {
    if (start_.empty()) return {};
    std::vector<ExpandedForm> forms = expand_pattern(start_ + '*', schema::text, counts_.shard(), 4 * most + 20).forms;
    std::stable_sort(forms.begin(), forms.end(),
                     [](const ExpandedForm& a, const ExpandedForm& b) { return a.frequency > b.frequency; });
    std::vector<Completion> words;
    std::set<std::string> stems;
    for (const ExpandedForm& form : forms) {
      if (words.size() == most) break;
      const std::vector<Word> tokens = words_of(form.exact, counts_.analyzer());
      if (tokens.size() != 1 || tokens[0].stop_word || !stems.insert(tokens[0].stem).second) continue;
      words.push_back({form.exact, counts_.of_word("", form.exact)});
    }
    sort_by_documents(words);
    std::erase_if(words, [&](const Completion& word) { return word.documents * rare < words.front().documents; });
    return words;
  }

  /// What stands behind `word`, as far as it is typed, in the documents that say most about `context`.
  std::vector<Pair> followers(std::string_view context, const std::string& word, std::size_t most) const {
    FollowerCounter counter(word, between_, words_before_.empty() ? "" : start_, counts_.analyzer());
    for (const Document& document : counts_.best(all_words("", context), most_sampled)) counter.add(document);
    return counter.take(most);
  }

  void add(std::vector<Completion>& completions, std::string text) const {
    const std::uint64_t documents = counts_.of_query(all_words("", text));
    if (documents > 0) completions.push_back({std::move(text), documents});
  }

  const WordCounts& counts_;
  std::string text_;
  std::string start_;           // of the word that is being typed, folded
  std::size_t before_end_ = 0;  // where it begins
  std::vector<Word> words_before_;
  std::string between_;  // between the last of these and what is typed
};

}  // namespace

std::vector<Completion> complete_text(std::string_view text, std::size_t top, const WordCounts& counts) {
  return Completer(replace_invalid_utf8(text), counts).complete(top);
}

}  // namespace limier
