// The same work as ../../search.cc by stock Xapian: TermGenerator and QueryParser with the French stemmer, BM25,
// positions (of words as they stand), title and text without prefixes, the whole document as data, compacted at the
// end. Debian's package brings no French stop words: those of Limier serve.
//
//   limier_xapian_benchmark index INDEX TEXTS THREADS MIB; limier_xapian_benchmark search INDEX TOPICS PASSES
// What it reads and prints is told in search.cc. It has one thread and no bound of memory: it writes after each
// 10,000 documents.
#include <xapian.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <unordered_map>

#include "../../measure.h"
#include "limier/analyzer.h"

namespace {

using namespace limier::benchmarks;
constexpr Xapian::valueno day_slot = 0, section_slot = 1;
constexpr Xapian::doccount top = 10, counted = 1000;

class GrammarWords : public Xapian::Stopper {
 public:
  bool operator()(const std::string& word) const override {
    const auto [known, is_new] = known_.try_emplace(word, false);
    if (is_new) analyzer_.analyze(word, [&](const limier::Token& token) { known->second = token.stop_word; });
    return known->second;
  }

 private:
  limier::Analyzer analyzer_;
  mutable std::unordered_map<std::string, bool> known_;
};

void index_texts(const std::string& path, const std::string& texts_path) {
  IndexingTimes times;
  Texts texts(texts_path);
  const std::string growing = path + "-growing";
  {
    Xapian::WritableDatabase database(growing, Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
    const GrammarWords stopper;
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("fr"));
    generator.set_stopper(&stopper);
    for (Text text; texts.next(text);) {
      Xapian::Document document;
      generator.set_document(document);
      generator.set_termpos(0);
      generator.index_text(text.title);
      generator.increase_termpos();
      generator.index_text(text.body);
      document.set_data(text.id + '\n' + text.title + '\n' + text.body);
      document.add_value(day_slot, text.day);
      document.add_value(section_slot, text.section);
      document.add_boolean_term("Q" + text.id.substr(0, 200));
      database.add_document(document);
    }
    database.commit();
    times.committed();
    database.compact(path);
  }
  std::filesystem::remove_all(growing);
  times.done();
  Sizes sizes;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    const std::string name = entry.path().stem().string();
    sizes.all += entry.file_size();
    if (name == "postlist" || name == "position" || name == "termlist") sizes.postings += entry.file_size();
    if (name == "docdata") sizes.stored += entry.file_size();
  }
  times.print(texts, sizes);
}

class Engine {
 public:
  explicit Engine(const std::string& path) : database_(path), enquire_(database_) {
    parser_.set_database(database_);
    parser_.set_stemmer(Xapian::Stem("fr"));
    parser_.set_stopper(&stopper_);
    enquire_.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
  }

  Found ask(std::string_view kind, const Topic& topic) {
    Xapian::Query query = parse(kind, topic);
    Xapian::ValueCountMatchSpy sections(section_slot);
    const bool filters = kind == "filter";
    if (filters) {
      const Xapian::Query days(Xapian::Query::OP_VALUE_RANGE, day_slot, topic.first_day, topic.last_day);
      query = Xapian::Query(Xapian::Query::OP_FILTER, query, days);
      enquire_.add_matchspy(&sections);
    }
    enquire_.set_query(query);
    const bool all = filters || kind == "count";
    const Xapian::MSet found = enquire_.get_mset(0, top, all ? database_.get_doccount() : counted);
    enquire_.clear_matchspies();
    for (auto hit = found.begin(); hit != found.end(); ++hit) hit.get_document().get_data();
    return {found.size(), found.get_matches_estimated(), found.empty() ? 0 : found.begin().get_weight()};
  }

 private:
  Xapian::Query parse(std::string_view kind, const Topic& topic) {
    using Parser = Xapian::QueryParser;
    parser_.set_default_op(kind == "all" ? Xapian::Query::OP_AND : Xapian::Query::OP_OR);
    if (kind == "all") return parser_.parse_query(topic.all, 0);
    if (kind == "phrase") return parser_.parse_query('"' + topic.phrase + '"', Parser::FLAG_PHRASE);
    if (kind == "prefix") return parser_.parse_query(topic.beginning + '*', Parser::FLAG_WILDCARD);
    return parser_.parse_query(topic.any, 0);
  }

  Xapian::Database database_;
  Xapian::Enquire enquire_;
  GrammarWords stopper_;
  Xapian::QueryParser parser_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  try {
    if (arguments.size() == 5 && arguments[0] == "index") {
      index_texts(arguments[1], arguments[2]);
    } else if (arguments.size() == 4 && arguments[0] == "search") {
      Engine engine(arguments[1]);
      measure_topics(read_topics(arguments[2]), std::stoi(arguments[3]),
                     [&](std::string_view kind, const Topic& topic) { return engine.ask(kind, topic); });
    } else {
      fmt::print(stderr, "usage: see xapian.cc\n");
      return 2;
    }
  } catch (const Xapian::Error& error) {
    fmt::print(stderr, "limier_xapian_benchmark: {}\n", error.get_description());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "limier_xapian_benchmark: {}\n", error.what());
    return 2;
  }
  return 0;
}
