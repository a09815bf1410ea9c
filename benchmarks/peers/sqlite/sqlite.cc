// The same work as ../../search.cc by SQLite FTS5: unicode61 without accents, since it has no French stemmer; BM25,
// positions (detail=full), title and text two columns of one table, one segment at the end by `optimize`. It has no
// stop words either: as the others leave words of grammar out of a query by themselves, it is asked without them.
//
//   limier_sqlite_benchmark index INDEX TEXTS THREADS MIB; limier_sqlite_benchmark search INDEX TOPICS PASSES
// What it reads and prints is told in search.cc. It has one thread.
#include <sqlite3.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>

#include "../../measure.h"

namespace {

using namespace limier::benchmarks;

class Statement {
 public:
  Statement(sqlite3* database, const std::string& sql) {
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(database));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  template <class... Values>
  Statement& bind(const Values&... values) {
    sqlite3_reset(statement_);
    int at = 0;
    (bind_one(++at, values), ...);
    return *this;
  }

  /// Whether there is a further row.
  bool step() {
    const int status = sqlite3_step(statement_);
    if (status != SQLITE_ROW && status != SQLITE_DONE)
      throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(statement_)));
    return status == SQLITE_ROW;
  }

  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double number(int column) const { return sqlite3_column_double(statement_, column); }

 private:
  void bind_one(int at, const std::string& text) {
    sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void bind_one(int at, std::int64_t number) { sqlite3_bind_int64(statement_, at, number); }

  sqlite3_stmt* statement_ = nullptr;
};

class Database {
 public:
  explicit Database(const std::string& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  Statement prepare(const std::string& sql) { return {handle_, sql}; }
  void run(const std::string& sql) {
    Statement statement(handle_, sql);
    while (statement.step()) {
    }
  }

 private:
  sqlite3* handle_ = nullptr;
};

void index_texts(const std::string& path, const std::string& texts_path, int mebibytes) {
  IndexingTimes times;
  Texts texts(texts_path);
  Database database(path);
  database.run(fmt::format("PRAGMA cache_size = -{}", mebibytes * 1024));
  database.run("CREATE VIRTUAL TABLE texts USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')");
  database.run("CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT, day INTEGER, section TEXT)");
  database.run("BEGIN");
  {
    Statement add_text = database.prepare("INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)");
    Statement add_document = database.prepare("INSERT INTO documents VALUES (?, ?, ?, ?)");
    for (Text text; texts.next(text);) {
      const auto number = static_cast<std::int64_t>(texts.documents());
      add_text.bind(number, text.title, text.body).step();
      add_document.bind(number, text.id, std::int64_t{std::stoll(text.day)}, text.section).step();
    }
  }
  database.run("COMMIT");
  times.committed();
  database.run("INSERT INTO texts (texts) VALUES ('optimize')");
  times.done();
  const auto bytes = [&](const std::string& tables) {
    Statement sum = database.prepare("SELECT sum(pgsize) FROM dbstat WHERE name " + tables);
    sum.step();
    return static_cast<std::uint64_t>(sum.integer(0));
  };
  times.print(texts, {bytes("IN ('texts_data', 'texts_idx')"), bytes("= 'texts_content'"), bytes("IS NOT NULL")});
}

bool is_in_word(unsigned char byte) {
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/// The words in quotation marks: what else FTS5 takes for signs between words it leaves out by itself.
std::string join_words(const std::string& text, const std::string& between) {
  std::string query;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_in_word(static_cast<unsigned char>(text[end]))) ++end;
    if (end > at) query.append(query.empty() ? "" : between).append("\"").append(text, at, end - at).append("\"");
    at = end + 1;
  }
  return query;
}

class Engine {
 public:
  explicit Engine(const std::string& path) : database_(path) { database_.run("PRAGMA mmap_size = 10000000000"); }

  Found ask(std::string_view kind, const Topic& topic) {
    if (kind == "all") return best(best_, join_words(topic.all, " AND "));
    if (kind == "phrase") return best(best_, join_words(topic.phrase, " + "));
    if (kind == "prefix") return best(best_, '"' + topic.beginning + "\" *");
    const std::string any = join_words(topic.all, " OR ");
    if (kind == "any") return best(best_, any);
    if (kind == "count") {
      Found found = best(best_, any);
      count_.bind(any).step();
      found.total = static_cast<std::uint64_t>(count_.integer(0));
      return found;
    }
    const std::int64_t first = std::stoll(topic.first_day), last = std::stoll(topic.last_day);
    Found found = best(best_of_days_, any, first, last);
    for (sections_.bind(any, first, last); sections_.step();)
      found.total += static_cast<std::uint64_t>(sections_.integer(1));
    return found;
  }

 private:
  template <class... Values>
  static Found best(Statement& statement, const Values&... values) {
    Found found;
    for (statement.bind(values...); statement.step(); ++found.hits)
      if (found.hits == 0) found.best_score = -statement.number(1);
    return found;
  }

  Database database_;
  Statement best_ = database_.prepare("SELECT rowid, rank FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10");
  Statement count_ = database_.prepare("SELECT count(*) FROM texts WHERE texts MATCH ?");
  Statement best_of_days_ = database_.prepare(
      "SELECT number, rank FROM texts JOIN documents ON number = texts.rowid WHERE texts MATCH ? AND day BETWEEN ? "
      "AND ? ORDER BY rank LIMIT 10");
  Statement sections_ = database_.prepare(
      "SELECT section, count(*) FROM texts JOIN documents ON number = texts.rowid WHERE texts MATCH ? AND day BETWEEN "
      "? AND ? GROUP BY section");
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  try {
    if (arguments.size() == 5 && arguments[0] == "index") {
      index_texts(arguments[1], arguments[2], std::stoi(arguments[4]));
    } else if (arguments.size() == 4 && arguments[0] == "search") {
      Engine engine(arguments[1]);
      measure_topics(read_topics(arguments[2]), std::stoi(arguments[3]),
                     [&](std::string_view kind, const Topic& topic) { return engine.ask(kind, topic); });
    } else {
      fmt::print(stderr, "usage: see sqlite.cc\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "limier_sqlite_benchmark: {}\n", error.what());
    return 2;
  }
  return 0;
}
