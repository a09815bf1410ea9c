#include "analysis/known_words.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <new>

#include "analysis/addresses.h"
#include "analysis/byte_bits.h"
#include "analysis/characters.h"
#include "analysis/compounds.h"
#include "analysis/elision.h"
#include "analysis/word_forms.h"
#include "text/utf8.h"

namespace limier {
namespace {

constexpr std::size_t memory_size = KnownWords::places * sizeof(KnownWord);
constexpr std::size_t large_page = 2 << 20;  // of x86-64 and most others

/// Whether the written word is letters and digits that stand for themselves, whatever is around them.
bool is_plain(std::string_view written) {
  for (std::size_t at = 0; at < written.size();) {
    const auto byte = static_cast<unsigned char>(written[at]);
    if (byte < ascii_kinds.size()) {
      if (!is_run_byte[byte]) return false;
      ++at;
      continue;
    }
    const auto [code_point, length] = decode_utf8(written, at);
    const auto properties = properties_of(code_point);
    if (properties.kind != CharacterKind::Letter && properties.kind != CharacterKind::Digit) return false;
    if (properties.composes) return false;
    at += length;
  }
  return true;
}

/// One that no word has had; 0 when there are no more.
std::uint32_t new_number() {
  static std::atomic<std::uint64_t> given = 0;
  const std::uint64_t number = given.fetch_add(1, std::memory_order_relaxed) + 1;
  return number <= std::numeric_limits<std::uint32_t>::max() ? static_cast<std::uint32_t>(number) : 0;
}

/// Fills a place with the forms of its word, or two.
class PlaceWriter {
 public:
  explicit PlaceWriter(KnownWord& word) : word_(word) {}

  /// Where `form` stands: in the bytes of `other` if these begin with it, else in bytes of its own.
  KnownWord::Form put(std::string_view form, KnownWord::Form other) {
    const auto size = static_cast<std::uint8_t>(form.size());
    if (form.size() <= other.size && word_.view(other).starts_with(form)) return {other.begin, size};
    const auto begin = used_;
    used_ += form.size();
    if (!full()) std::memcpy(reinterpret_cast<char*>(&word_) + begin, form.data(), form.size());
    return {static_cast<std::uint8_t>(begin), size};
  }

  bool wide() const { return used_ > sizeof(KnownWord); }
  bool full() const { return used_ > 2 * sizeof(KnownWord); }

 private:
  KnownWord& word_;
  std::size_t used_ = offsetof(KnownWord, bytes);
};

}  // namespace

// Memory that is zero is free places, and costs nothing before it is used: a query touches a few of them.
KnownWords::KnownWords(const AnalyzerOptions& options)
    : options_(options), memory_(std::calloc(1, memory_size + large_page), &std::free) {
  if (!memory_) throw std::bad_alloc();
  void* aligned = memory_.get();
  auto room = memory_size + large_page;
  places_ = static_cast<KnownWord*>(std::align(large_page, memory_size, aligned, room));
#ifdef MADV_HUGEPAGE
  // Words lie anywhere: with small pages the processor would look up where each is. If refused, it does.
  madvise(aligned, memory_size, MADV_HUGEPAGE);
#endif
}

const KnownWord* KnownWords::learn(std::string_view written) {
  if (written.empty() || written.size() > WordKey::longest) return nullptr;
  if (!is_plain(written)) return nullptr;
  Word word;
  read_run(written, 0, word);
  if (word.end != written.size()) return nullptr;  // two words: habitantsLes
  WordForms forms;
  compute_forms(word, options_, forms);
  const auto exact = word.exact.view();
  KnownWord made[2];
  made[0].key = key_of(written);
  made[0].number = new_number();
  PlaceWriter writer(made[0]);
  made[0].exact = writer.put(exact, {0, static_cast<std::uint8_t>(written.size())});
  made[0].folded = writer.put(forms.folded.view(), made[0].exact);
  made[0].stem = writer.put(forms.stem.view(), made[0].folded);
  if (writer.full()) return nullptr;
  made[0].wide = writer.wide();
  made[0].stop_word = forms.stop_word;
  made[0].ends_in_digit = word.ends_in_digit;
  made[0].elision = elision_of(exact);
  made[0].introduces_address = may_introduce_address(exact);
  made[0].clitic = is_clitic_word(exact);
  made[0].rendez = exact == "rendez";
  auto* room = make_room(place_of(made[0].key), made[0].places());
  std::copy_n(made, made[0].places(), room);
  return room;
}

const KnownWord* KnownWords::find_behind_first(const WordKey& key, WordPlace place) {
  auto* before = set_at(place);
  const auto* end = before + set_size;
  if (key.empty()) return nullptr;
  for (auto* word = before + before->places(); word != end; word += word->places()) {
    if (word->key == key) {
      // Frequent words come to lie first, where they are found at once, and the others give way: `tennis` to `dans`.
      std::rotate(before, word, word + word->places());
      return before;
    }
    before = word;
  }
  return nullptr;
}

/// The last words of the set give way.
KnownWord* KnownWords::make_room(WordPlace place, std::size_t wanted) {
  auto* room = set_at(place);
  auto* const end = room + set_size;
  while (!room->key.empty() && room + room->places() + wanted <= end) room += room->places();
  std::fill(room, end, KnownWord{});
  return room;
}

}  // namespace limier
