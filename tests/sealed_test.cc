#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "files.h"
#include "index/invert.h"
#include "limier/error.h"
#include "sealed/arrays.h"
#include "sealed/bits.h"
#include "sealed/check_segment.h"
#include "sealed/dense_lists.h"
#include "sealed/kernels.h"
#include "sealed/merge.h"
#include "sealed/packing.h"
#include "sealed/sealed_shard.h"
#include "sealed/segment.h"
#include "sealed/segment_builder.h"
#include "sealed/segment_postings.h"
#include "sealed/spill.h"
#include "shard/schema.h"
#include "shard/union.h"
#include "temporary_directory.h"

namespace limier::test {
namespace {

using namespace sealed;

constexpr std::uint64_t memory = 64 << 20;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  std::uint32_t below(std::uint32_t n) { return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(engine_); }

  /// Mostly small, now and then up to `most`.
  std::uint32_t skewed(std::uint32_t most) { return below(below(8) == 0 ? most : std::min(most, 4U)); }

 private:
  std::mt19937 engine_;
};

struct Posting {
  DocumentNumber document = 0;
  std::vector<Occurrence> occurrences;
};
using Postings = std::vector<Posting>;

Postings some_postings(Dice& dice, std::size_t count, bool occur, std::uint32_t forms) {
  Postings postings;
  DocumentNumber document = 0;
  for (std::size_t i = 0; i < count; ++i) {
    Posting posting{document += 1 + dice.skewed(100'000), {}};
    std::uint32_t position = 0;
    const std::uint32_t most = i / 150 % 2 == 0 ? 120 : 6;  // so that blocks differ
    for (std::uint32_t n = occur ? 1 + dice.skewed(most) : 0; n > 0; --n)
      posting.occurrences.push_back({position += 1 + dice.skewed(70'000), dice.skewed(forms)});
    postings.push_back(std::move(posting));
  }
  return postings;
}

/// Of any document; short ones too, so that a position may lie beyond.
std::uint32_t length_of(DocumentNumber document) { return 1 + document * 7919 % 3000; }

/// A file with lists and what reading them takes.
std::vector<ListShape> write_lists(const std::string& path, const std::vector<Postings>& lists) {
  SegmentFileWriter file(path);
  file.begin(Section::Postings);
  PostingListWriter writer;
  std::vector<ListShape> shapes;
  DocumentNumber last = 0;
  for (const Postings& postings : lists) {
    for (const Posting& posting : postings)
      writer.add(posting.document, posting.occurrences, CodedLength(length_of(posting.document)));
    std::string bytes;
    ListShape shape = writer.finish(bytes);
    shape.offset = file.size();
    file.append(bytes);
    shapes.push_back(shape);
    last = std::max(last, postings.back().document);
  }
  std::vector<DocumentLengths> lengths;
  for (DocumentNumber document = 1; document <= last; ++document) lengths.push_back({length_of(document), 0});
  file.begin(Section::Lengths);
  file.append(bytes_of(lengths));
  file.begin(Section::Reaches);
  for (const DocumentLengths& each : lengths) file.append(std::string(1, static_cast<char>(reach_of(each.text))));
  file.finish();
  return shapes;
}

void check_posting(const ListCursor& list, const Posting& expected) {
  REQUIRE(list.document() == expected.document);
  REQUIRE(list.count() == expected.occurrences.size());
  std::vector<std::uint32_t> positions, forms;
  list.append_positions(positions);
  list.append_forms(forms);
  REQUIRE(positions.size() == expected.occurrences.size());
  REQUIRE(forms.size() == expected.occurrences.size());
  std::map<std::uint32_t, std::uint32_t> counts{{0, 0}, {1, 0}, {2, 0}, {77, 0}};
  for (std::size_t i = 0; i < positions.size(); ++i) {
    REQUIRE(positions[i] == expected.occurrences[i].position);
    REQUIRE(forms[i] == expected.occurrences[i].form);
    ++counts[forms[i]];
  }
  for (const auto& [form, count] : counts) REQUIRE(list.count_forms(SomeForms(form)) == count);
}

/// Documents whose words meet in every way that a segment knows.
std::vector<Document> some_documents(Dice& dice, std::uint32_t count) {
  const std::vector<std::string> words = {
      "pêche",  "peche",        "péché",   "pêches", "le",       "de",   "la",    "Mali",     "maliens", "l'homme",
      "hommes", "porte-avions", "590 000", "anes",   "A.N.E.S.", "ânes", "œuvre", "S.N.C.F.", "sncf",    "."};
  const auto some_words = [&](std::uint32_t most) {
    std::string text;
    for (std::uint32_t n = dice.below(most + 1); n > 0; --n)
      text += words[dice.below(static_cast<std::uint32_t>(words.size()))] + ' ';
    return text;
  };
  std::vector<Document> documents;
  for (std::uint32_t i = 0; i < count; ++i) {
    Document document;
    document.id = "d" + std::to_string(i * 7919 % 100'003);
    document.title = some_words(4);
    document.body = some_words(dice.below(10) == 0 ? 400 : 30);
    if (dice.below(2) == 0) document.authors = {"Awa " + some_words(1), "Issa"};
    if (dice.below(3) > 0) document.date = dice.below(2) == 0 ? "2022-11-23" : "2023";
    if (dice.below(2) == 0) document.site = dice.below(2) == 0 ? "Askia" : "Sahel";
    if (dice.below(2) == 0) document.values["lectures"] = std::to_string(dice.below(50));
    documents.push_back(std::move(document));
  }
  return documents;
}

/// Batches are spilled after each so many, if not 0.
void build(const std::string& path, const std::vector<Document>& documents, std::size_t in_a_batch = 100,
           unsigned threads = 1, std::size_t in_a_part = 0) {
  const Analyzer analyzer;
  SegmentBuilder builder(path, threads);
  Sketcher sketcher;
  {
    std::vector<Inverter> inverters(threads);
    for (std::size_t first = 0, batch = 1; first < documents.size(); first += in_a_batch, ++batch) {
      Inverter& inverter = inverters[first / in_a_batch * 7919 % threads];
      for (std::size_t i = first; i < std::min(first + in_a_batch, documents.size()); ++i) {
        IndexedDocument indexed = describe(documents[i], documents[i].site);
        invert(documents[i], analyzer, sketcher, indexed, inverter);
        inverter.add(std::move(indexed));
      }
      builder.add(inverter.take());
      if (in_a_part == 0 || batch % in_a_part != 0) continue;
      inverters = std::vector<Inverter>(threads);
      builder.spill();
    }
  }
  builder.finish();
}

/// A segment's file but for the stored texts, whose blocks are not cut alike where segments are merged.
std::string but_for_texts(const std::string& path) {
  SegmentFile file(path);
  std::string bytes;
  for (std::uint32_t number = 1; number <= section_count; ++number)
    if (const auto section = static_cast<Section>(number); section != Section::Store && section != Section::StoreIndex)
      bytes.append(file.read(section)) += '\n';
  return bytes;
}

/// A segment, and what a search reads of it.
struct OpenSegment {
  explicit OpenSegment(const std::string& path, const std::vector<DocumentNumber>& gone = {})
      : shard(path, gone), deleted(gone), postings(shard.segment(), gone) {}

  SealedShard shard;
  std::vector<DocumentNumber> deleted;
  SegmentPostings postings;
};

/// Makes one of so many that some lists are kept.
OpenSegment large_segment(const TemporaryDirectory& directory, Dice& dice) {
  build(directory / "segment", some_documents(dice, 5000));
  return OpenSegment(directory / "segment");
}

/// Makes a segment of 700 documents, of which none, a few or many are deleted.
OpenSegment some_segment(const TemporaryDirectory& directory, Dice& dice) {
  build(directory / "segment", some_documents(dice, 700));
  std::vector<DocumentNumber> deleted;
  if (const std::uint32_t kind = dice.below(4); kind == 0) {
    deleted = {3, 17, 699};
  } else if (kind == 1) {
    for (DocumentNumber document = 1; document <= 700; ++document)
      if (dice.below(3) == 0) deleted.push_back(document);
  }
  return OpenSegment(directory / "segment", deleted);
}

LengthNormalisation some_normalisation(Dice& dice) {
  const auto some = [&dice](float most) { return most * static_cast<float>(dice.below(3)) / 2; };
  return {some(1.2F), some(0.1F), some(0.1F)};
}

/// What the document where a cursor stands scores of its term.
float share_of(const SegmentPostings& postings, const PostingCursor& cursor, const LengthNormalisation& normalisation) {
  return saturation(static_cast<float>(cursor.count()), normalisation.half(postings.lengths(cursor.document())));
}

bool is_within(const ScoreBounds& bounds, std::size_t range, float share) {
  const auto bound = static_cast<float>(bounds.shares()[range]);
  return bound > 0 && share <= bound / ScoreBounds::whole;
}

/// All that a segment tells, as text.
std::string contents(const std::string& path, const std::vector<DocumentNumber>& deleted = {}) {
  const OpenSegment segment(path, deleted);
  const auto& [shard, gone, postings] = segment;
  std::string text;
  const auto all = postings.all_documents();
  for (; all && all->document() != no_document; all->advance(all->document() + 1)) {
    if (!postings.is_living(all->document())) continue;
    const IndexedDocument document = shard.segment().document(all->document());
    for (const std::string& part : {document.id, document.stored, document.dates, std::to_string(document.fingerprint),
                                    document.file, document.sketch, document.values, print_lengths(document.lengths)})
      text += part + '\n';
    text += postings.find(document.id) == all->document() ? "found\n" : "lost\n";
  }
  for (const auto term = shard.terms(""); !term->term().empty(); term->next()) {
    text += term->term() + ' ' + std::to_string(term->document_frequency()) + ':';
    const auto cursor = postings.cursor(term->term(), 1);
    for (; cursor->document() != no_document; cursor->advance(cursor->document() + 1)) {
      if (!postings.is_living(cursor->document())) continue;
      text.append(" ").append(postings.id(cursor->document())) += '/' + std::to_string(cursor->count());
      std::vector<std::uint32_t> positions;
      if (!schema::is_exact_term(term->term())) cursor->append_positions(positions);
      for (const std::uint32_t position : positions) text += ',' + std::to_string(position);
    }
    text += '\n';
  }
  const CollectionStatistics statistics = shard.statistics({});
  return text + std::to_string(statistics.documents) + ' ' + std::to_string(statistics.text_length) + ' ' +
         std::to_string(statistics.title_length);
}

}  // namespace

TEST_SUITE("sealed") {
  TEST_CASE("numbers come out of runs of bits as they went in") {
    std::vector<std::uint32_t> numbers;
    for (unsigned width = 0; width < 32; ++width)
      for (const std::uint32_t number : {(1U << width) - 1, 1U << width, (1U << width) + 1}) numbers.push_back(number);
    for (std::uint32_t range = 2; range < 200; ++range) {
      const RangeCode code(range);
      std::string bytes;
      append_bits(bytes, range * width_of(range - 1), [&](BitWriter& writer) {
        for (std::uint32_t number = 0; number < range; ++number) code.put(writer, number);
        CHECK(writer.written() <= range * width_of(range - 1));
      });
      bytes.append(reader_margin, '\xFF');
      BitReader reader(bytes.data());
      for (std::uint32_t number = 0; number < range; ++number) {
        const auto [found, size] = code.first_of(reader.ahead());
        REQUIRE(found == number);
        reader.skip(size);
      }
    }
    std::string bytes;
    for (const std::uint32_t number : numbers) put_varint(bytes, std::uint64_t{number} << (number % 32));
    const char* at = bytes.data();
    for (const std::uint32_t number : numbers) REQUIRE(take_varint(at) == std::uint64_t{number} << (number % 32));
    CHECK(at == bytes.data() + bytes.size());
    std::vector<std::uint64_t> wide;
    for (unsigned width = 0; width < 64; ++width)
      for (const std::uint64_t power = std::uint64_t{1} << width;
           const std::uint64_t number : {power - 1, power, power + 1})
        wide.push_back(number);
    std::vector<char> room(wide.size() * longest_prefix_varint + reader_margin);
    char* end = room.data();
    for (const std::uint64_t number : wide) {
      const char* const begin = end;
      end = put_prefix_varint(end, number);
      CHECK(end - begin == (number >> 56 != 0 ? 9 : (static_cast<int>(std::bit_width(number | 1)) + 6) / 7));
    }
    at = room.data();
    for (const std::uint64_t number : wide) REQUIRE(take_prefix_varint(at) == number);
    CHECK(at == end);
  }

  TEST_CASE("numbers in Rice's code come out as they went in, and are passed over") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    for (unsigned round = 0; round < 20'000; ++round) {
      const unsigned low = dice.below(20), width = std::min(31U, low + dice.below(dice.below(8) == 0 ? 31 : 6));
      std::vector<std::uint32_t> numbers(1 + dice.below(dice.below(4) == 0 ? 200 : 6));
      for (std::uint32_t& number : numbers)
        number = dice.below(100) == 0 ? (most_ones - dice.below(2)) << low : dice.below(1U << width);
      CAPTURE(low);
      CAPTURE(numbers);
      const unsigned before = dice.below(9);
      std::string bytes;
      std::uint64_t end = 0;
      append_bits(bytes, before + numbers.size() * longest_rice, [&](BitWriter& writer) {
        writer.put(0, before);
        put_rice(writer, numbers.size(), low, [&](std::size_t i) { return numbers[i]; });
        end = writer.written();
      });
      bytes.append(reader_margin, static_cast<char>(dice.below(2) == 0 ? '\xFF' : '\0'));
      BitReader taking(bytes.data(), before), passing(bytes.data(), before);
      std::vector<std::uint32_t> taken(numbers.size());
      take_rice(taking, taken, low);
      REQUIRE(taken == numbers);
      REQUIRE(taking.at() == end);
      skip_rice(passing, static_cast<std::uint32_t>(numbers.size()), low);
      REQUIRE(passing.at() == end);
    }
  }

  TEST_CASE(
      "positions come out as they went in, and are passed over, wherever they stand and however few are expected") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    unsigned told = 0;  // sizes
    for (unsigned round = 0; round < 20'000; ++round) {
      const auto reach = static_cast<std::uint8_t>(1 + dice.below(255));
      const std::uint32_t places = dice.below(8) == 0 ? 1'000'000 : number_of_byte(reach);
      std::set<std::uint32_t> chosen;
      for (std::uint32_t left = 1 + dice.below(dice.below(4) == 0 ? 100 : 4); left > 0; --left)
        chosen.insert(1 + dice.below(places));
      const std::vector<std::uint32_t> positions(chosen.begin(), chosen.end());
      std::vector<Occurrence> occurrences;
      for (const std::uint32_t position : positions) occurrences.push_back({position, 0});
      CAPTURE(reach);
      CAPTURE(positions);
      const PositionCode code(static_cast<std::uint32_t>(positions.size()), reach);
      std::string bytes;
      std::uint64_t end = 0;
      append_bits(bytes, most_bits(occurrences.size(), 1), [&](BitWriter& writer) {
        code.put(writer, occurrences);
        end = writer.written();
      });
      bytes.append(reader_margin, static_cast<char>(dice.below(2) == 0 ? '\xFF' : '\0'));
      const BitReader bits(bytes.data());
      std::vector<std::uint32_t> taken(positions.size() + PositionCode::margin);
      if (positions.size() == 1) {
        code.take_one(bits, taken.data());
      } else {
        code.take_several(bits, taken.data(), place_of_zero);
      }
      taken.resize(positions.size());
      REQUIRE(taken == positions);
      REQUIRE(PositionCode::size(static_cast<std::uint32_t>(positions.size()), reach, bits) == end);
      for (const unsigned unseen : {0U, 8U, 32U}) {
        const std::uint32_t more = code.more(~bits.ahead() << unseen >> unseen, place_of_zero);
        if (more < most_ones) REQUIRE(code.least_size() + more == end);
        told += more < most_ones ? 1U : 0U;
      }
    }
    CHECK(told > 40'000);
  }

  TEST_CASE("every kind of processor reads the positions of any of several documents, from any one before") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const Kernels* const avx2 = avx2_kernels();
    unsigned far = 0, many = 0;
    for (unsigned round = 0; round < 3000; ++round) {
      constexpr std::uint32_t size = 12;
      const auto farthest = static_cast<std::uint8_t>(1 + dice.below(255));
      std::vector<std::uint8_t> reaches(2 * size);
      for (std::uint8_t& reach : reaches) reach = static_cast<std::uint8_t>(1 + dice.below(255));
      std::vector<std::uint32_t> documents, counts;
      std::vector<std::vector<std::uint32_t>> positions;
      std::vector<std::uint64_t> begins;
      std::vector<char> room(size * most_bits(40, 1) / 8 + writer_margin);
      BitWriter writer(room.data());
      for (std::uint32_t i = 0; i < size; ++i) {
        documents.push_back(2 * i + 1 + dice.below(2));
        const std::uint8_t reach = std::min(reaches[documents.back() - 1], farthest);
        std::set<std::uint32_t> chosen;
        const std::uint32_t most = dice.below(8) == 0 ? 40 : 6;
        const std::uint32_t places = dice.below(8) == 0 ? 1'000'000 : std::max(most, number_of_byte(reach));
        for (std::uint32_t left = 1 + dice.below(most); left > 0; --left) chosen.insert(1 + dice.below(places));
        counts.push_back(static_cast<std::uint32_t>(chosen.size()));
        positions.emplace_back(chosen.begin(), chosen.end());
        many += counts.back() > 32 ? 1U : 0U;
        far += positions.back().back() > number_of_byte(reach) ? 1U : 0U;
        std::vector<Occurrence> occurrences;
        for (const std::uint32_t position : chosen) occurrences.push_back({position, 0});
        begins.push_back(writer.written());
        PositionCode(counts.back(), reach).put(writer, occurrences);
      }
      begins.push_back(writer.written());
      std::string bytes(room.data(), writer.end());
      bytes.append(reader_margin, static_cast<char>(dice.below(2) == 0 ? '\xFF' : '\0'));
      bytes.shrink_to_fit();  // so that a sanitizer sees whoever reads behind it
      const CodedPositions coded{bytes.data(), counts.data(), documents.data(), reaches.data(), farthest};
      for (const Kernels* each : {&portable_kernels, avx2 == nullptr ? &portable_kernels : avx2}) {
        for (std::size_t from = 0; from < size; ++from) {
          std::vector<std::uint8_t> some;
          for (std::size_t at = from; at < size; ++at)
            if (dice.below(2) == 0) some.push_back(static_cast<std::uint8_t>(at));
          if (some.empty()) continue;
          std::vector<std::uint32_t> expected;
          for (const std::uint8_t at : some) {
            expected.insert(expected.end(), positions[at].begin(), positions[at].end());
            expected.insert(expected.end(), PositionLists::padding, PositionLists::beyond);
          }
          std::vector<std::uint32_t> read(expected.size());
          REQUIRE(each->read_positions(coded, from, begins[from], some, read.data()) == begins[some.back() + 1U]);
          REQUIRE(read == expected);
        }
      }
    }
    CHECK(far > 1000);
    CHECK(many > 100);
  }

  TEST_CASE("the first parts of Rice's code end where so many zeros are, whatever the bits") {
    for (std::uint64_t bits = 0; bits < 1 << 14; ++bits) {
      for (const std::uint64_t ahead :
           {bits, bits | ~std::uint64_t{0} << 14, bits << 50 | ((std::uint64_t{1} << 50) - 1)}) {
        unsigned zeros = 0;
        for (unsigned bit = 0; bit < 64; ++bit) {
          if ((ahead >> bit & 1) == 1) continue;
          ++zeros;
          REQUIRE(place_of_zero(zeros, ~ahead) == (zeros == 1 ? 64 : bit));
        }
        REQUIRE(place_of_zero(zeros + 1, ~ahead) == 64);
      }
    }
  }

  TEST_CASE("terms that are read together are read as each by itself") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const OpenSegment segment = some_segment(directory, dice);
    const auto& [shard, gone, postings] = segment;
    std::vector<std::string> all;
    for (const auto term = shard.terms(""); !term->term().empty(); term->next()) all.push_back(term->term());
    for (int round = 0; round < 200; ++round) {
      std::vector<std::string_view> terms = {"nowhere"};
      const std::size_t begin = dice.below(static_cast<std::uint32_t>(all.size()));
      const std::size_t end = std::min(all.size(), begin + dice.below(40));
      for (std::size_t i = begin; i < end; ++i)
        if (dice.below(4) > 0) terms.push_back(all[i]);
      std::shuffle(terms.begin(), terms.end(), std::mt19937(dice.below(1U << 30)));
      std::vector<std::uint64_t> frequencies;
      std::map<DocumentNumber, std::uint32_t> expected, taken;
      for (const std::string_view term : terms) {
        frequencies.push_back(0);
        const auto cursor = SegmentPostings(shard.segment(), gone).cursor(term, 1);
        for (; cursor && cursor->document() != no_document; cursor->advance(cursor->document() + 1))
          if (postings.is_living(cursor->document())) ++frequencies.back();
      }
      REQUIRE(postings.document_frequencies(terms) == frequencies);
      for (const std::string_view term : terms) {
        const auto cursor = postings.cursor(term, 1);
        for (; cursor && cursor->document() != no_document; cursor->advance(cursor->document() + 1))
          expected[cursor->document()] += cursor->count();
      }
      // Others, as many, are not taken for them, nor are terms that are alike new.
      const std::vector<std::string_view> others(terms.size(), all[dice.below(static_cast<std::uint32_t>(all.size()))]);
      const SegmentPostings fresh(shard.segment(), gone);
      REQUIRE(fresh.document_frequencies(others) ==
              std::vector<std::uint64_t>(others.size(), postings.document_frequency(others.front())));
      CHECK(!postings.cursors(others, 1).empty());
      for (const auto& cursor : postings.cursors(terms, 1)) {
        std::array<DocumentNumber, PostingCursor::most_taken> documents{};
        std::array<std::uint32_t, PostingCursor::most_taken> counts{};
        while (const std::size_t count = cursor->take(no_document, documents.data(), counts.data()))
          for (std::size_t i = 0; i < count; ++i) taken[documents[i]] += counts[i];
      }
      CHECK(taken == expected);
      std::vector<DocumentNumber> some;
      for (DocumentNumber document = 1; document <= shard.segment().documents(); ++document)
        if (dice.below(3) == 0) some.push_back(document);
      std::vector<std::uint32_t> sums(some.size()), counts(some.size());
      for (const auto& cursor : postings.cursors(terms, 1)) {
        cursor->look_up(some, counts.data());
        for (std::size_t i = 0; i < some.size(); ++i) sums[i] += counts[i];
      }
      for (std::size_t i = 0; i < some.size(); ++i)
        REQUIRE(sums[i] == (expected.contains(some[i]) ? expected[some[i]] : 0));
      const DocumentNumber from = 1 + dice.below(shard.segment().documents() + 1);
      std::map<DocumentNumber, std::uint32_t> behind;
      for (const auto& cursor : postings.cursors(terms, from)) {
        // A look at some documents does not stop it from going on.
        const DocumentNumber first = from;
        std::uint32_t count = 0;
        if (dice.below(2) == 0) cursor->look_up({&first, 1}, &count);
        for (; cursor->document() != no_document; cursor->advance(cursor->document() + 1))
          behind[cursor->document()] += cursor->count();
      }
      expected.erase(expected.begin(), expected.lower_bound(from));
      CHECK(behind == expected);
      for (const std::string_view term : terms) {
        const auto whole = postings.cursor(term, 1), part = postings.cursor(term, from);
        if (whole) whole->advance(from);
        REQUIRE((part ? part->document() : no_document) == (whole ? whole->document() : no_document));
      }
      for (const auto& cursor : postings.cursors(terms, 1)) {
        const LengthNormalisation normalisation = some_normalisation(dice);
        const std::shared_ptr<const ScoreBounds> bounds = cursor->score_bounds(normalisation);
        const DocumentRanges ranges(postings.last_document());
        for (; cursor->document() != no_document; cursor->advance(cursor->document() + 1))
          REQUIRE(is_within(*bounds, ranges.of(cursor->document()), share_of(postings, *cursor, normalisation)));
      }
      for (const auto& cursor : postings.cursors(terms, 1)) {
        PostingBound bound{.last = 0};
        for (; cursor->document() != no_document; cursor->advance(cursor->document() + 1 + dice.below(5))) {
          if (cursor->document() > bound.last) {
            bound = cursor->bound(cursor->document());
            REQUIRE(bound.last >= cursor->document());
          }
          REQUIRE(std::any_of(bound.pairs.begin(), bound.pairs.end(),
                              [&](const PostingBound::Pair& pair) { return cursor->count() <= pair.count; }));
        }
      }
    }
  }

  TEST_CASE("of more terms than are remembered, each is counted") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const OpenSegment segment = some_segment(directory, dice);
    const auto& [shard, gone, postings] = segment;
    std::vector<std::string> all;
    for (int i = 0; i < 5000; ++i) all.push_back("nowhere" + std::to_string(i));
    for (const auto term = shard.terms(""); !term->term().empty(); term->next()) all.push_back(term->term());
    const std::vector<std::string_view> terms(all.begin(), all.end());
    std::vector<std::uint64_t> frequencies;
    for (const std::string_view term : terms)
      frequencies.push_back(SegmentPostings(shard.segment(), gone).document_frequency(term));
    for (int time = 0; time < 2; ++time) {
      CHECK(postings.document_frequencies(terms) == frequencies);
      std::uint64_t documents = 0;
      for (const auto& cursor : postings.cursors(terms, 1)) documents += cursor->document() != no_document ? 1U : 0U;
      CHECK(documents > 0);
      for (const std::size_t i : {std::size_t{0}, terms.size() / 2, terms.size() - 1})
        CHECK(postings.document_frequency(terms[i]) == frequencies[i]);
    }
  }

  TEST_CASE("ranges of documents are whole in each 2,048, and no more than some thousand where these are less") {
    for (const DocumentNumber last : {0U, 1U, 63U, 64U, 2047U, 2048U, 7000U, 524'287U, 524'288U, 1'048'576U, 9'999'999U,
                                      16'777'215U, 16'777'216U, 100'000'000U, no_document - 1}) {
      CAPTURE(last);
      const DocumentRanges ranges(last);
      CHECK(2048 % ranges.size() == 0);
      CHECK(ranges.size() >= 64);
      CHECK(ranges.count() * ranges.size() == (std::uint64_t{last} / 2048 + 1) * 2048);
      CHECK(ranges.of(0) == 0);
      CHECK(ranges.of(last) == last / ranges.size());
      CHECK(ranges.of(last) < ranges.count());
      CHECK((ranges.size() == 64 || last / (ranges.size() / 2) >= 8192));
      CHECK((ranges.size() == 2048 || last / ranges.size() < 8192));
    }
  }

  TEST_CASE("no document scores more than the bound of its list, which is what one scores where the list was read") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const OpenSegment segment = large_segment(directory, dice);
    const SegmentPostings& postings = segment.postings;
    const DocumentRanges ranges(postings.last_document());
    const std::array normalisations = {LengthNormalisation{0.3F, 0.02F, 0.01F}, LengthNormalisation{0, 0.05F, 0},
                                       LengthNormalisation{1.2F, 0, 0}};
    std::size_t looser = 0, exact = 0, asked_again = 0;
    for (const auto term = segment.shard.terms(""); !term->term().empty(); term->next()) {
      const auto cursors = postings.cursors(std::vector<std::string_view>{term->term()}, 1);
      if (cursors.empty() || schema::is_exact_term(term->term())) continue;
      CAPTURE(term->term());
      for (const LengthNormalisation& normalisation : normalisations) {
        // What is kept may be of lengths that count a sixty-fourth less.
        LengthNormalisation loosest = normalisation;
        loosest.of_word *= 1 - 1.0F / 64;
        loosest.of_title_word *= 1 - 1.0F / 64;
        std::vector<float> most(ranges.count()), most_by_loosest(ranges.count());
        const auto list = postings.cursor(term->term(), 1);
        for (; list->document() != no_document; list->advance(list->document() + 1)) {
          const std::size_t range = ranges.of(list->document());
          most[range] = std::max(most[range], share_of(postings, *list, normalisation));
          most_by_loosest[range] = std::max(most_by_loosest[range], share_of(postings, *list, loosest));
        }
        const auto behind = std::ranges::find_if(most.rbegin(), most.rend(), [](float share) { return share > 0; });
        const auto last_range = static_cast<std::size_t>(most.rend() - behind) - 1;
        for (std::size_t often = 1; often <= 4; ++often) {
          const std::shared_ptr<const ScoreBounds> bounds = cursors.front()->score_bounds(normalisation);
          const std::span<const std::uint8_t> shares = bounds->shares();
          REQUIRE(shares.size() == most.size());
          bool is_exact = true;
          for (std::size_t range = 0; range < most.size(); ++range) {
            REQUIRE((most[range] > 0) <= (shares[range] > 0));
            REQUIRE(most[range] <= static_cast<float>(shares[range]) / ScoreBounds::whole);
            if (range > last_range) REQUIRE(shares[range] == 0);
            is_exact =
                is_exact && static_cast<float>(shares[range]) <= most_by_loosest[range] * ScoreBounds::whole + 1.001F;
          }
          const bool is_read = term->document_frequency() < 2048 || often > term->document_frequency() / 2048;
          if (normalisation.of_word > 0) REQUIRE((is_exact || !is_read));
          if (normalisation.of_word > 0 && often > 1 && term->document_frequency() >= 2048 && is_read) ++asked_again;
          ++(is_exact ? exact : looser);
        }
      }
    }
    CHECK(exact > 100);
    CHECK(looser > 3);
    CHECK(asked_again > 3);
  }

  TEST_CASE("kept bounds hold while the average of lengths hardly changes") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const OpenSegment segment = large_segment(directory, dice);
    const SegmentPostings& postings = segment.postings;
    const DocumentRanges ranges(postings.last_document());
    std::size_t lists = 0;
    for (const auto term = segment.shard.terms(""); !term->term().empty(); term->next()) {
      if (term->document_frequency() < 2048 || schema::is_exact_term(term->term())) continue;
      CAPTURE(term->term());
      const auto cursor = postings.cursor(term->term(), 1);
      const auto bounds_at = [&](float times) {
        const LengthNormalisation normalisation{0.3F, 0.02F * times, 0.01F * times};
        const std::shared_ptr<const ScoreBounds> bounds = cursor->score_bounds(normalisation);
        const auto list = postings.cursor(term->term(), 1);
        for (; list->document() != no_document; list->advance(list->document() + 1))
          REQUIRE(is_within(*bounds, ranges.of(list->document()), share_of(postings, *list, normalisation)));
        return bounds;
      };
      std::shared_ptr<const ScoreBounds> kept;
      for (int often = 0; often < 4; ++often) kept = bounds_at(1);
      for (const float times : {1.0F, 0.99F, 1.01F, 0.986F, 1.014F}) CHECK(bounds_at(times) == kept);
      for (const float times : {0.95F, 1.05F}) CHECK(bounds_at(times) != kept);
      ++lists;
    }
    CHECK(lists > 0);
  }

  TEST_CASE("a word's very forms are counted in the lists of its stems") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const OpenSegment segment = some_segment(directory, dice);
    const auto& [shard, gone, postings] = segment;
    std::vector<std::string> all_stems, all_forms;
    for (const auto term = shard.terms(""); !term->term().empty(); term->next())
      (schema::is_exact_term(term->term()) ? all_forms : all_stems).push_back(term->term());
    std::size_t told = 0, untold = 0, very = 0;
    for (int round = 0; round < 2000; ++round) {
      std::set<std::string> some_stems, some_forms;
      for (std::uint32_t n = 1 + dice.below(6); n > 0; --n)
        some_stems.insert(all_stems[dice.below(static_cast<std::uint32_t>(all_stems.size()))]);
      for (std::uint32_t n = dice.below(4); n > 0; --n)
        some_forms.insert(all_forms[dice.below(static_cast<std::uint32_t>(all_forms.size()))]);
      const std::vector<std::string> stems(some_stems.begin(), some_stems.end()),
          forms(some_forms.begin(), some_forms.end());
      std::vector<DocumentNumber> documents;
      for (DocumentNumber document = 1; document <= shard.segment().documents(); ++document)
        if (postings.is_living(document) && dice.below(3) > 0) documents.push_back(document);
      Union word(postings, stems, forms), alone(postings, stems);
      PositionLists lists, expected;
      word.look_up_positions(documents, std::vector<std::uint32_t>(documents.size(), 1), lists);
      alone.look_up_positions(documents, std::vector<std::uint32_t>(documents.size(), 1), expected);
      ++(word.tells_very() ? told : untold);
      std::vector<std::uint32_t> counts(documents.size()), counted(documents.size());
      for (const std::string& form : forms)
        if (const auto cursor = postings.cursor(form, 1))
          for (std::size_t i = 0; i < documents.size(); ++i)
            if (cursor->advance(documents[i]) == documents[i]) counts[i] += cursor->count();
      REQUIRE(lists.size() == expected.size());
      for (std::size_t list = 0; list < lists.size(); ++list) {
        REQUIRE(lists.document(list) == expected.document(list));
        REQUIRE(std::ranges::equal(lists[list], expected[list]));
        counted[lists.document(list)] = lists.very(list);
        very += lists.very(list);
      }
      if (word.tells_very()) REQUIRE(counted == counts);
    }
    CHECK(told > 100);
    CHECK(untold > 100);
    CHECK(very > 1000);
  }

  TEST_CASE("a list that is asked for often is read as it was before") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    build(directory / "segment", some_documents(dice, 1500));
    const SealedShard shard(directory / "segment", {});
    const DocumentNumber last = shard.segment().documents();
    const std::vector<DocumentNumber> gone;
    const SegmentPostings postings(shard.segment(), gone);
    std::size_t dense = 0, looked_up = 0;
    for (const auto term = shard.terms(""); !term->term().empty(); term->next()) {
      CAPTURE(term->term());
      for (int asked = 0; asked < 20; ++asked) postings.cursor(term->term(), 1);
      const SegmentPostings unread(shard.segment(), gone);
      if (term->document_frequency() >= block_size && 32 * term->document_frequency() >= last) ++dense;
      for (int round = 0; round < 3; ++round) {
        const DocumentNumber from = 1 + dice.below(last);
        const std::unique_ptr<PostingCursor> often = postings.cursor(term->term(), from),
                                             first = unread.cursor(term->term(), from);
        while (first && first->document() != no_document) {
          REQUIRE(often->document() == first->document());
          const DocumentNumber here = first->document();
          switch (dice.below(7)) {
            case 0: {
              REQUIRE(often->count() == first->count());
              std::vector<std::uint32_t> positions, expected;
              often->append_positions(positions);
              first->append_positions(expected);
              REQUIRE(positions == expected);
              break;
            }
            case 1: {
              const DocumentNumber target = here + dice.skewed(400);
              REQUIRE(often->advance(target) == first->advance(target));
              break;
            }
            case 2: {
              std::array<DocumentNumber, PostingCursor::most_taken> some{}, expected{};
              std::array<std::uint32_t, PostingCursor::most_taken> counts{}, expected_counts{};
              const DocumentNumber end = here + dice.skewed(400);
              const bool counted = dice.below(2) == 0;
              while (const std::size_t taken =
                         first->take(end, expected.data(), counted ? expected_counts.data() : nullptr)) {
                for (std::size_t more = 0, at = 0; at < taken; at += more) {
                  more = often->take(expected[taken - 1] + 1, some.data() + at, counted ? counts.data() + at : nullptr);
                  REQUIRE(more > 0);
                }
                REQUIRE(std::equal(some.begin(), some.begin() + taken, expected.begin()));
                REQUIRE((!counted || std::equal(counts.begin(), counts.begin() + taken, expected_counts.begin())));
              }
              break;
            }
            case 3: {
              const DocumentNumber begin = here / 64 * 64;
              std::vector<std::uint64_t> marked(dice.below(8), 1), expected(marked);
              often->mark(begin, marked);
              first->mark(begin, expected);
              REQUIRE(marked == expected);
              break;
            }
            case 4: {
              std::vector<DocumentNumber> some;
              for (DocumentNumber document = here, n = dice.skewed(300); n > 0 && document <= last; --n)
                some.push_back(std::exchange(document, document + 1 + dice.skewed(9)));
              std::vector<std::uint32_t> counts(some.size()), expected(some.size());
              often->look_up(some, counts.data());
              first->look_up(some, expected.data());
              REQUIRE(counts == expected);
              break;
            }
            case 5: {
              std::vector<DocumentNumber> some;
              std::vector<std::uint32_t> least;
              for (DocumentNumber document = here, n = 1 + dice.skewed(300); n > 0 && document <= last; --n) {
                some.push_back(std::exchange(document, document + 1 + dice.skewed(9)));
                least.push_back(1 + dice.below(3) / 2);
              }
              PositionLists lists, expected;
              often->look_up_positions(some, least, lists);
              first->PostingCursor::look_up_positions(some, least, expected);  // one by one
              REQUIRE(lists.size() == expected.size());
              for (std::size_t i = 0; i < lists.size(); ++i) {
                REQUIRE(lists.document(i) == expected.document(i));
                REQUIRE(std::ranges::equal(lists[i], expected[i]));
                REQUIRE(*(lists[i].data() + lists[i].size()) == PositionLists::beyond);
              }
              looked_up += lists.size();
              break;
            }
            default: {
              const PostingBound bound = often->bound(here);
              REQUIRE(bound.last >= here);
              REQUIRE(std::any_of(bound.pairs.begin(), bound.pairs.end(),
                                  [&](const PostingBound::Pair& pair) { return first->count() <= pair.count; }));
            }
          }
        }
        if (often) REQUIRE(often->document() == no_document);
      }
    }
    CHECK(dense > 10);
    CHECK(looked_up > 1000);
  }

  TEST_CASE("the documents of the lists that are asked for most are kept, within four megabytes") {
    const TemporaryDirectory directory;
    constexpr DocumentNumber last = 8'000'000, every = 31;
    std::vector<ListShape> shapes;
    {
      SegmentFileWriter file(directory / "lists");
      file.begin(Section::Postings);
      PostingListWriter writer;
      for (DocumentNumber list = 1; list <= 6; ++list) {
        for (DocumentNumber document = list; document <= last; document += list < 6 ? every : every + 2)
          writer.add(document, {}, CodedLength(1));
        std::string bytes;
        shapes.push_back(writer.finish(bytes));
        shapes.back().offset = file.size();
        file.append(bytes);
      }
      file.finish();
    }
    SegmentFile file(directory / "lists");
    DenseLists lists(file, last);
    const auto ask = [&](std::size_t list, int times) {
      std::shared_ptr<const DocumentSet> documents;
      while (times-- > 0) documents = lists.find(shapes[list]);
      return documents;
    };
    for (const std::size_t list : {0U, 1U, 2U, 3U}) {
      CHECK(ask(list, 15) == nullptr);
      const std::shared_ptr<const DocumentSet> documents = ask(list, 1);
      REQUIRE(documents != nullptr);
      CHECK(documents->next(0) == list + 1);
      CHECK(documents->next(static_cast<DocumentNumber>(list) + 2) == list + 1 + every);
      CHECK(documents->has(static_cast<DocumentNumber>(list) + 1));
      CHECK_FALSE(documents->has(static_cast<DocumentNumber>(list) + 2));
      CHECK(documents->next(last + 1) == no_document);
    }
    ask(2, 1);  // so that the others are the least
    const std::shared_ptr<const DocumentSet> first = ask(0, 1);
    ask(3, 1);
    CHECK(ask(4, 31) == nullptr);
    CHECK(ask(4, 1) != nullptr);  // twice as often as list 1, whose place it takes
    CHECK(ask(1, 1) == nullptr);
    CHECK(ask(0, 1) == first);
    CHECK(ask(2, 1) != nullptr);
    CHECK(ask(3, 1) != nullptr);
    CHECK(ask(5, 100) == nullptr);  // too few documents
    ask(2, 32);
    ask(3, 32);
    ask(4, 32);
    CHECK(ask(1, 15) == nullptr);  // 31 times, where list 0 was asked for 18 times
    CHECK(ask(0, 1) == first);
    CHECK(ask(1, 15) == nullptr);
    CHECK(ask(1, 1) != nullptr);
    CHECK(ask(0, 1) == nullptr);
  }

  TEST_CASE("parts of a segment that do not agree are told, though their bytes are as they were written") {
    Dice dice(1);
    const TemporaryDirectory directory;
    build(directory / "segment", some_documents(dice, 300));
    const auto problems_with = [&](Section changed, auto change) {
      {
        SegmentFile file(directory / "segment");
        SegmentFileWriter writer(directory / "changed");
        for (std::uint32_t i = 1; i <= section_count; ++i) {
          const auto section = static_cast<Section>(i);
          std::string bytes(file.read(section));
          if (section == changed) change(bytes);
          writer.begin(section);
          writer.append(bytes);
        }
        writer.finish();
      }
      return check_segment(directory / "changed").size();
    };
    CHECK(problems_with(Section::Reaches, [](std::string&) {}) == 0);
    const auto raise_first = [](std::string& bytes) { ++bytes.front(); };
    CHECK(problems_with(Section::Reaches, raise_first) == 1);
    CHECK(problems_with(Section::Totals, raise_first) == 1);
    CHECK(problems_with(Section::Reaches, [](std::string& bytes) { bytes.pop_back(); }) == 1);
    CHECK(problems_with(Section::IdOrder, [](std::string& bytes) { std::swap(bytes[0], bytes[4]); }) == 1);
  }

  TEST_CASE("a byte stands for a number that is near, on the side that is asked for") {
    for (unsigned byte = 0; byte < 255; ++byte)
      REQUIRE(number_of_byte(static_cast<std::uint8_t>(byte)) < number_of_byte(static_cast<std::uint8_t>(byte + 1)));
    const auto check = [](std::uint32_t number) {
      const std::uint32_t below = number_of_byte(byte_below(number)), above = number_of_byte(byte_above(number));
      REQUIRE(below <= number);
      REQUIRE((above >= number || byte_above(number) == 255));
      REQUIRE((number > number_of_byte(255) || above - below <= number / 16));
    };
    for (std::uint32_t number = 0; number < 1'000'000; ++number) check(number);
    check(std::numeric_limits<std::uint32_t>::max());
  }

  TEST_CASE("blocks of numbers of every width come out as they went in") {
    Dice dice(1);
    for (unsigned width = 0; width <= 32; ++width) {
      std::array<std::uint32_t, block_size> numbers{}, unpacked{};
      for (std::uint32_t& number : numbers) number = width == 0 ? 0 : (dice.below(0xFFFF'FFFF) | 1U) >> (32 - width);
      std::string bytes;
      pack(numbers.data(), width, bytes);
      REQUIRE(bytes.size() == packed_size(width));
      unpack(bytes.data(), width, unpacked.data());
      CHECK(unpacked == numbers);
      for (const std::uint32_t others : {0U, 1U, 9U, 128U}) {  // that have any width
        for (std::uint32_t i = 0; i < others; ++i)
          numbers[dice.below(block_size)] = dice.below(0xFFFF'FFFF) >> dice.below(32);
        bytes.clear();
        pack_patched(numbers.data(), bytes);
        CHECK(bytes.size() <= 1 + packed_size(32));
        const std::size_t size = bytes.size();
        bytes.append(reader_margin, '\xFF');
        CHECK(unpack_patched(bytes.data(), unpacked.data()) == bytes.data() + size);
        CHECK(unpacked == numbers);
      }
    }
  }

  TEST_CASE("every kind of processor reads blocks alike") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const Kernels* const avx2 = avx2_kernels();
    if (avx2 == nullptr) MESSAGE("this processor has no AVX2: the portable loops alone are tested");
    CHECK(&kernels() == (avx2 == nullptr ? &portable_kernels : avx2));
    for (const Kernels* each : {&portable_kernels, avx2 == nullptr ? &portable_kernels : avx2}) {
      for (unsigned width = 0; width <= 32; ++width) {
        std::array<std::uint32_t, block_size> numbers{}, unpacked{};
        for (std::uint32_t& number : numbers) number = width == 0 ? 0 : dice.below(0xFFFF'FFFF) >> (32 - width);
        std::string bytes;
        pack(numbers.data(), width, bytes);
        bytes.shrink_to_fit();  // so that a sanitizer sees whoever reads behind it
        each->unpack(bytes.data(), width, unpacked.data());
        REQUIRE(unpacked == numbers);
        if (width > 24) continue;
        const std::uint32_t before = dice.below(1000);
        each->add_up(unpacked.data(), before);
        for (std::size_t i = 0; i < block_size; ++i)
          REQUIRE(unpacked[i] == (i == 0 ? before : unpacked[i - 1]) + numbers[i] + 1);
        unpacked.back() = no_document;
        std::vector<std::uint32_t> targets;
        std::vector<std::uint8_t> expected;
        for (std::size_t i = 0; i < block_size; ++i) {
          for (const std::uint32_t target :
               {unpacked[i] - 1, unpacked[i], unpacked[i] + (i + 1 < block_size ? 1 : 0)}) {
            const auto below = std::count_if(unpacked.begin(), unpacked.end(), [=](auto n) { return n < target; });
            REQUIRE(each->count_below(unpacked.data(), target) == static_cast<std::size_t>(below));
            targets.push_back(target);
            expected.push_back(static_cast<std::uint8_t>(below));
          }
        }
        std::vector<std::uint8_t> found(targets.size());
        each->count_below_each(unpacked.data(), targets, found.data());
        REQUIRE(found == expected);
      }
    }
  }

  TEST_CASE("every kind of processor finds the same documents within a range of days") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const Kernels* const avx2 = avx2_kernels();
    for (unsigned round = 0; round < 2000; ++round) {
      std::vector<Days> days(64);
      for (Days& each : days)
        if (dice.below(4) > 0) each = {20'200'000 + dice.below(9), 20'200'000 + dice.below(9)};
      Days range{20'200'000 + dice.below(9), 20'200'000 + dice.below(9)};
      if (dice.below(8) == 0) range.first = 0;
      if (dice.below(8) == 0) range.last = dice.below(2) == 0 ? 99'999'999 : std::numeric_limits<std::uint32_t>::max();
      const std::uint64_t documents = std::uint64_t{dice.below(0xFFFF'FFFF)} << 32 | dice.below(0xFFFF'FFFF);
      std::uint64_t expected = 0;
      for (unsigned i = 0; i < 64; ++i)
        if ((documents >> i & 1) != 0 && days[i].first != 0 && range.first <= days[i].first &&
            days[i].last <= range.last)
          expected |= std::uint64_t{1} << i;
      for (const Kernels* each : {&portable_kernels, avx2 == nullptr ? &portable_kernels : avx2})
        REQUIRE(each->within(days.data(), documents, range) == expected);
    }
  }

  TEST_CASE("a dictionary finds its terms, and the place of those that it has not") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    for (const std::uint32_t size : {0U, 1U, 31U, 32U, 33U, 500U}) {
      std::map<std::string, TermEntry> expected;
      while (expected.size() < size) {
        std::string term(dice.below(4) == 0 ? 20 : 0, 'a');
        for (std::uint32_t n = 1 + dice.below(dice.below(4) == 0 ? 60 : 6); n > 0; --n)
          term += static_cast<char>("abc\xC3\0z"[dice.below(6)]);
        expected[term] = {dice.below(1000), 0, dice.below(300), dice.below(1U << 30)};
      }
      DictionaryWriter writer;
      std::uint64_t last = 0;
      for (auto& [term, entry] : expected) {
        entry.before = std::exchange(last, entry.sum);
        writer.add(term, entry.sum, entry.first, entry.second);
      }
      SegmentFileWriter file(directory / "dictionary");
      writer.write(file, Section::Terms, Section::TermIndex);
      file.finish();
      SegmentFile read(directory / "dictionary");
      const Dictionary dictionary(read, Section::Terms, Section::TermIndex);
      REQUIRE(dictionary.size() == size);
      Dictionary::Cursor cursor(dictionary);
      const auto check_at = [&](std::map<std::string, TermEntry>::const_iterator place) {
        REQUIRE(cursor.at_end() == (place == expected.end()));
        if (cursor.at_end()) return;
        REQUIRE(cursor.term() == place->first);
        REQUIRE(cursor.entry().sum == place->second.sum);
        REQUIRE(cursor.entry().before == place->second.before);
        REQUIRE(cursor.entry().first == place->second.first);
        REQUIRE(cursor.entry().second == place->second.second);
        REQUIRE(cursor.place() == static_cast<std::uint32_t>(std::distance(expected.cbegin(), place)));
      };
      cursor.move_to(0);
      for (auto place = expected.cbegin(); place != expected.cend(); ++place, cursor.next()) check_at(place);
      check_at(expected.cend());
      std::vector<std::string> all;
      for (const auto& [term, entry] : expected) all.push_back(term);
      for (const std::string& term : all)
        for (const std::string& sought : {term, term + '\0', term.substr(1), std::string()}) {
          cursor.seek(sought);
          check_at(expected.lower_bound(sought));
        }
      // From anywhere, a step or a leap, or on from where it stands.
      for (unsigned round = 0; round < 20 * size; ++round) {
        std::uint32_t place = dice.below(size);
        if (dice.below(4) == 0) cursor.move_to(place);
        if (dice.below(4) == 0 && !cursor.at_end()) cursor.next();
        if (dice.below(2) == 0) place = std::min(size - 1, cursor.place() + dice.below(8));
        const std::string sought = dice.below(2) == 0 ? all[place] : all[place] + '\0';
        if (dice.below(2) == 0) {
          cursor.seek(sought);
          check_at(expected.lower_bound(sought));
        } else {
          const std::uint32_t stood = cursor.place();
          cursor.advance(sought);
          check_at(std::next(
              expected.cbegin(),
              std::max<std::ptrdiff_t>(stood, std::distance(expected.begin(), expected.lower_bound(sought)))));
        }
        REQUIRE(dictionary.entry(place).sum == expected[all[place]].sum);
        REQUIRE(dictionary.entry(place).before == expected[all[place]].before);
        REQUIRE(dictionary.entry(place).first == expected[all[place]].first);
        REQUIRE(dictionary.entry(place).second == expected[all[place]].second);
      }
    }
  }

  TEST_CASE("posting lists are walked and leapt through as they were written") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    std::vector<Postings> lists;
    for (const std::size_t size : {1U, 2U, 127U, 128U, 129U, 255U, 256U, 1000U, 5000U})
      for (const std::uint32_t forms : {1U, 2U, 40U}) lists.push_back(some_postings(dice, size, true, forms));
    for (const std::size_t size : {1U, 127U, 128U, 700U}) lists.push_back(some_postings(dice, size, false, 1));
    const std::vector<ListShape> shapes = write_lists(directory / "lists", lists);
    SegmentFile file(directory / "lists");
    for (std::size_t i = 0; i < lists.size(); ++i) {
      CAPTURE(i);
      ListCursor walk(file, shapes[i]);
      for (const Posting& posting : lists[i]) {
        check_posting(walk, posting);
        walk.advance(posting.document + 1);
      }
      CHECK(walk.document() == no_document);
      for (int round = 0; round < 20; ++round) {
        ListCursor leap(file, shapes[i]);
        DocumentNumber target = 1;
        while (leap.document() != no_document) {
          const auto expected =
              std::lower_bound(lists[i].begin(), lists[i].end(), target,
                               [](const Posting& posting, DocumentNumber number) { return posting.document < number; });
          leap.advance(target);
          if (expected == lists[i].end()) {
            REQUIRE(leap.document() == no_document);
          } else {
            check_posting(leap, *expected);
          }
          target += 1 + dice.below(static_cast<std::uint32_t>(1) << dice.below(24));
        }
      }
    }
  }

  TEST_CASE("postings are taken many at a time as they are one by one, and none is beyond its bound") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    std::vector<Postings> lists;
    for (const std::size_t count : {1U, 127U, 128U, 129U, 700U})
      for (const bool occur : {true, false}) lists.push_back(some_postings(dice, count, occur, 9));
    const std::vector<ListShape> shapes = write_lists(directory / "lists", lists);
    SegmentFile file(directory / "lists");
    std::array<DocumentNumber, ListCursor::most_taken> documents{};
    std::array<std::uint32_t, ListCursor::most_taken> counts{};
    for (std::size_t i = 0; i < lists.size(); ++i) {
      for (const std::set<std::uint32_t>& chosen :
           std::vector<std::set<std::uint32_t>>{{}, {0}, {1}, {7}, {0, 2}, {1, 2, 3}}) {  // the first for all forms
        SomeForms forms;
        for (const std::uint32_t form : chosen) forms.add(form);
        ListCursor list(file, shapes[i]), bounds(file, shapes[i]);
        for (std::size_t at = 0; at < lists[i].size();) {
          const DocumentNumber end = lists[i][at].document + dice.skewed(3'000'000);
          if (dice.below(3) == 0) {
            while (at < lists[i].size() && lists[i][at].document < end) ++at;
            list.advance(end);
            continue;
          }
          std::vector<std::pair<DocumentNumber, std::size_t>> taken, expected;
          while (const std::size_t n = chosen.empty() ? list.take(end, documents.data(), counts.data())
                                                      : list.take_forms(forms, end, documents.data(), counts.data()))
            for (std::size_t k = 0; k < n; ++k) taken.emplace_back(documents[k], counts[k]);
          for (; at < lists[i].size() && lists[i][at].document < end; ++at) {
            const auto& occurrences = lists[i][at].occurrences;
            const auto found = std::count_if(occurrences.begin(), occurrences.end(), [&](const Occurrence& each) {
              return chosen.empty() || chosen.contains(each.form);
            });
            if (found > 0 || chosen.empty()) expected.emplace_back(lists[i][at].document, found);
          }
          REQUIRE(taken == expected);
          REQUIRE(list.document() == (at < lists[i].size() ? lists[i][at].document : no_document));
        }
        std::size_t bounded = 0;
        for (DocumentNumber target = 1; target <= lists[i].back().document;) {
          const PostingBound bound = bounds.bound(target);
          REQUIRE(bound.last >= target);
          for (const Posting& posting : lists[i]) {
            if (posting.document < target || posting.document > bound.last) continue;
            REQUIRE(std::any_of(bound.pairs.begin(), bound.pairs.end(), [&](const PostingBound::Pair& pair) {
              return posting.occurrences.size() <= pair.count && pair.length <= length_of(posting.document);
            }));
            bounded += bound.pairs[1].count == no_document ? 0U : 1U;
          }
          target = bound.last + 1;
          if (dice.below(2) == 0) bounds.advance(target);
        }
        CHECK(bounded >= lists[i].size() / block_size * block_size);
      }
    }
  }

  TEST_CASE("a segment is the same whatever the batches, the threads and what is spilled") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const std::vector<Document> documents = some_documents(dice, 300);
    build(directory / "whole", documents, documents.size());
    for (const std::size_t in_a_batch : {1U, 7U, 299U}) {
      build(directory / "batches", documents, in_a_batch, 1 + dice.below(4), dice.below(4));
      CHECK(read_file(directory / "batches") == read_file(directory / "whole"));
    }
  }

  TEST_CASE("of what waits the builder tells the memory, and texts of new words take more") {
    const TemporaryDirectory directory;
    const Analyzer analyzer;
    Sketcher sketcher;
    SegmentBuilder builder(directory / "segment");
    const auto put_aside = [&](int different_words) {
      std::uint64_t waiting = builder.waiting_bytes();
      CHECK(waiting == 0);
      {
        Inverter inverter;
        for (int word = 0; word < 20'000; word += 1000) {
          Document document = {.id = std::to_string(builder.documents())};
          for (int i = word; i < word + 1000; ++i)
            document.body += "mot" + std::to_string(10'000 + i % different_words) + "x ";
          IndexedDocument indexed = describe(document, {});
          invert(document, analyzer, sketcher, indexed, inverter);
          inverter.add(std::move(indexed));
          builder.add(inverter.take());
          CHECK(builder.waiting_bytes() > std::exchange(waiting, builder.waiting_bytes()));
        }
      }
      builder.spill();
      return waiting;
    };
    constexpr std::uint64_t of_word = 2 * 10 + 32 + 16;  // its terms, and what is known of form and stem
    const std::uint64_t of_new_words = put_aside(20'000);
    CHECK(of_new_words > 20'000 * of_word);
    CHECK(of_new_words > 3 * put_aside(100));
  }

  TEST_CASE("what is spilled comes back in the order of its terms, of all parts") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    for (const std::uint32_t parts : {0U, 1U, 2U, 9U}) {
      Spill spill(directory / "spill");
      std::map<std::string, std::vector<std::string>> expected, found;
      for (std::uint32_t part = 0; part < parts; ++part) {
        std::map<std::string, std::string> records;
        for (std::uint32_t left = dice.below(400); left > 0; --left)
          records[std::to_string(dice.below(500))] =
              std::string(dice.below(dice.below(20) == 0 ? 700'000 : 50), static_cast<char>('a' + part));
        for (const auto& [term, record] : records) {
          spill.add(term, [&](std::string& bytes) { bytes += record; });
          expected[term].push_back(record);
        }
        spill.end_part();
        spill.end_part();  // of nothing
      }
      CHECK(std::filesystem::is_empty(directory.path()));
      std::string last;
      for (Spill::Cursor cursor(spill); !cursor.at_end(); cursor.next()) {
        const std::string term(cursor.term());
        CHECK((found.empty() || last < term));
        cursor.for_each_record([&](std::string_view record) { found[term].emplace_back(record); });
        last = term;
      }
      CHECK(found == expected);
    }
  }

  TEST_CASE("a spill that finds no place says so") {
    const TemporaryDirectory directory;
    Spill spill(directory / "none/spill");
    spill.add("mot", [](std::string& bytes) { bytes += 'x'; });
    CHECK_THROWS_WITH_AS(spill.end_part(), doctest::Contains("none/spill: "), Error);
  }

  TEST_CASE("the runs of batches hold each stem's occurrences, whether or not words have numbers") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    using Occurrences = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::string>>;  // document, position, form
    std::map<std::string, Occurrences> expected, found;                                      // by stem
    std::vector<InvertedBatch> batches;
    std::size_t known = 0;
    {
      Inverter inverter;
      std::uint32_t document = 0;
      for (std::uint32_t documents : {3U, 1U, 40U, 200U}) {
        for (; documents > 0; --documents) {
          ++document;
          for (std::uint32_t position = 0;
               const schema::Field* field : {&schema::text, &schema::title, &schema::site}) {
            for (std::uint32_t left = dice.skewed(900); left > 0; --left) {
              // More words than a set remembers by their numbers; stems of one form and of hundreds.
              const std::uint32_t word = dice.skewed(100'000), stem_number = word % 7 == 0 ? 0 : word / 2;
              const std::string stem = "s" + std::to_string(stem_number), exact = "é" + std::to_string(word),
                                folded = "e" + std::to_string(word);
              const std::uint32_t number = dice.below(4) == 0 ? 0 : word + 1;
              known += number > 0;
              position += 1 + dice.skewed(100'000);
              inverter.add_occurrence(*field, {stem, exact, folded, number}, position);
              expected[schema::stem_term(*field, stem)].emplace_back(document, position,
                                                                     schema::exact_term(*field, folded, exact));
            }
          }
          if (dice.below(2) == 0) {
            inverter.add_term("XHASdate");
            expected["XHASdate"].emplace_back(document, 0, "");
          }
          inverter.add({});
        }
        batches.push_back(inverter.take());
      }
    }
    CHECK(known > 1000);
    std::uint32_t before = 0;
    for (const InvertedBatch& batch : batches) {
      const std::string bytes = batch.runs + std::string(reader_margin, '\0');
      std::vector<Occurrence> room(batch.runs.size());
      for (RunCursor runs(std::string_view(bytes).substr(0, batch.runs.size())); runs.next();) {
        const FormSet& forms = *batch.forms;
        std::map<std::uint32_t, std::string> terms;
        forms.for_each_form(runs.stem(), [&](std::uint32_t ordinal, std::string_view term) {
          CHECK(terms.emplace(ordinal, term).second);
        });
        Occurrences& here = found[std::string(forms.stem_term(runs.stem()))];
        std::vector<std::pair<std::uint32_t, std::uint32_t>> in_run, ordinals;  // documents and forms
        const char* at = runs.sized_run().data();
        const std::string_view run = take_sized(at);
        CHECK(at == runs.sized_run().data() + runs.sized_run().size());
        for_each_document(
            run, [](std::uint32_t ordinal) { return ordinal; }, room.data(),
            [&](std::uint32_t document, std::span<const Occurrence> in_it) {
              if (in_it.empty()) here.emplace_back(before + document, 0, "");
              for (const Occurrence& each : in_it) {
                here.emplace_back(before + document, each.position, terms.at(each.form));
                in_run.emplace_back(document, each.form);
              }
              return room.data();
            });
        if (in_run.empty()) continue;
        for_each_ordinal(
            run, [&](std::uint32_t document, std::uint32_t ordinal) { ordinals.emplace_back(document, ordinal); });
        CHECK(ordinals == in_run);
      }
      before += static_cast<std::uint32_t>(batch.documents.size());
    }
    CHECK(found == expected);
    CHECK(expected.size() > 1000);
  }

  TEST_CASE("a segment gives back the documents and terms it was made of") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const std::vector<Document> documents = some_documents(dice, 300);
    build(directory / "segment", documents);
    const Segment segment(directory / "segment");
    REQUIRE(segment.documents() == documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const auto number = static_cast<DocumentNumber>(i + 1);
      CHECK(document_from_json(segment.stored(number)) == documents[i]);
      CHECK(segment.find(documents[i].id) == number);
      CHECK(segment.file_key(number) == documents[i].site);
      CHECK(segment.document(number).values == describe(documents[i], "").values);
    }
    CHECK_FALSE(segment.find("d"));
    CHECK_FALSE(segment.find("z"));
  }

  TEST_CASE("merged segments are the segment of all their documents") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    for (const std::uint32_t count : {1U, 40U, 1500U}) {
      const std::vector<Document> documents = some_documents(dice, count);
      std::vector<Document> kept;
      std::vector<Segment> segments;
      std::vector<std::vector<bool>> none, deleted;
      for (std::size_t begin = 0; begin < documents.size();) {
        const std::size_t end = std::min<std::size_t>(documents.size(), begin + 1 + dice.below(count));
        const std::string path = directory / ("part" + std::to_string(begin));
        build(path, {documents.begin() + static_cast<std::ptrdiff_t>(begin),
                     documents.begin() + static_cast<std::ptrdiff_t>(end)});
        segments.emplace_back(path);
        none.emplace_back(end - begin + 1);
        deleted.emplace_back(end - begin + 1);
        const std::size_t whole = begin + dice.below(2) * (end - begin) / 2;
        for (std::size_t i = begin; i < end; ++i) {
          deleted.back()[i - begin + 1] = i >= whole && dice.below(4) == 0;
          if (!deleted.back()[i - begin + 1]) kept.push_back(documents[i]);
        }
        begin = end;
      }
      std::vector<const Segment*> sources;
      std::vector<const std::vector<bool>*> of_none, of_some;
      for (std::size_t i = 0; i < segments.size(); ++i) {
        sources.push_back(&segments[i]);
        of_none.push_back(&none[i]);
        of_some.push_back(&deleted[i]);
      }
      const unsigned threads = 1 + dice.below(3);
      build(directory / "whole", documents);
      merge_segments(sources, living_documents(of_none), directory / "merged", memory, threads);
      CHECK(but_for_texts(directory / "merged") == but_for_texts(directory / "whole"));
      CHECK(contents(directory / "merged") == contents(directory / "whole"));
      build(directory / "kept", kept);
      const DocumentOrder living = living_documents(of_some);
      merge_segments(sources, living, directory / "living", memory, threads);
      CHECK(but_for_texts(directory / "living") == but_for_texts(directory / "kept"));
      CHECK(contents(directory / "living") == contents(directory / "kept"));

      std::vector<std::size_t> places(kept.size());
      std::iota(places.begin(), places.end(), 0);
      std::shuffle(places.begin(), places.end(), std::mt19937(seed));
      std::vector<Document> shuffled;
      DocumentOrder order;
      for (const std::size_t place : places) {
        shuffled.push_back(kept[place]);
        order.push_back(living[place]);
      }
      build(directory / "shuffled", shuffled);
      for (const std::uint64_t little : {memory, std::uint64_t{500}}) {
        merge_segments(sources, order, directory / "reordered", little, threads);
        CHECK(but_for_texts(directory / "reordered") == but_for_texts(directory / "shuffled"));
        CHECK(contents(directory / "reordered") == contents(directory / "shuffled"));
      }
    }
  }

  TEST_CASE("a merge that meets damage says so, on any thread, and leaves no file") {
    Dice dice(11);
    const TemporaryDirectory directory;
    build(directory / "whole", some_documents(dice, 1500));
    REQUIRE(SegmentFile(directory / "whole").size(Section::Postings) > 2 * page_size);
    std::string bytes = read_file(directory / "whole");
    char& byte = bytes[bytes.find(section_mark(Section::Postings)) + page_size];
    byte = static_cast<char>(~byte);
    write_file(directory / "damaged", bytes);
    const Segment whole(directory / "whole"), damaged(directory / "damaged");
    const std::vector<bool> none(1501);
    for (const unsigned threads : {1U, 3U}) {
      CAPTURE(threads);
      try {
        merge_segments({&whole, &damaged}, living_documents({&none, &none}), directory / "merged", memory, threads);
        FAIL("merged");
      } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Corrupt);
      }
      CHECK_FALSE(std::filesystem::exists(directory / "merged"));
    }
  }

  TEST_CASE("deleted documents leave no trace in what a shard tells") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    Dice dice(seed);
    const TemporaryDirectory directory;
    const std::vector<Document> documents = some_documents(dice, 200);
    build(directory / "whole", documents);
    std::vector<Document> kept;
    std::vector<DocumentNumber> deleted;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (dice.below(2) == 0) {
        kept.push_back(documents[i]);
      } else {
        deleted.push_back(static_cast<DocumentNumber>(i + 1));
      }
    }
    build(directory / "kept", kept);
    CHECK(contents(directory / "whole", deleted) == contents(directory / "kept"));
  }

  TEST_CASE("a damaged or shortened segment gives an error or what was written, nothing else") {
    Dice dice(7);
    const TemporaryDirectory directory;
    build(directory / "whole", some_documents(dice, 6));
    const std::string bytes = read_file(directory / "whole");
    const std::string expected = contents(directory / "whole");
    REQUIRE(expected.size() > 1000);
    std::size_t refused = 0;
    const auto check = [&](const std::string& changed) {
      write_file(directory / "changed", changed);
      try {
        const bool same = contents(directory / "changed") == expected;
        CHECK(same);
      } catch (const Error& error) {
        CHECK((error.code() == ErrorCode::Corrupt || error.code() == ErrorCode::Incompatible));
        ++refused;
      }
    };
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
      check(changed);
    }
    CHECK(refused == bytes.size());
    for (std::size_t size = 0; size < bytes.size(); ++size) check(bytes.substr(0, size));
    CHECK(refused == 2 * bytes.size());
  }
}

}  // namespace limier::test
