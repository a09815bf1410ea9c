// `limier bench` as people meet it: collections in the forms they have, and folders of results.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "files.h"
#include "temporary_directory.h"

namespace {

namespace fs = std::filesystem;
using limier::test::read_file;
using limier::test::TemporaryDirectory;
using nlohmann::json;

const std::string collections = LIMIER_SOURCE_DIR "/tests/collections/";

// What `limier ARGUMENTS` prints on both streams; `status` is how it has to end.
std::string run_limier(const std::string& arguments, int status = 0) {
  const TemporaryDirectory folder;
  const std::string command = "env -i PATH=" LIMIER_COMMAND_DIR ":/usr/bin:/bin LC_ALL=C.UTF-8 limier " + arguments +
                              " > " + (folder / "output") + " 2>&1";
  const int result = std::system(command.c_str());
  std::string output = read_file(folder / "output");
  INFO(arguments << ": " << output);
  REQUIRE(WIFEXITED(result));
  CHECK(WEXITSTATUS(result) == status);
  return output;
}

std::map<std::string, std::string> files_in(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
  }
  return files;
}

// The rows of a table without quotes, but for the setting's, which goes without its own.
std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream in(csv);
  for (std::string line; std::getline(in, line);) {
    rows.push_back({""});
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      if (c == ',' && !quoted) rows.back().push_back("");
      if (c != '"' && (c != ',' || quoted)) rows.back().back() += c;
    }
  }
  return rows;
}

// A collection of words drawn by chance, on which settings differ.
void make_collection(const std::string& folder, unsigned seed) {
  std::mt19937 random(seed);
  const auto words = [&random](unsigned count) {
    std::string text;
    for (unsigned i = 0; i < count; ++i)
      text += fmt::format("{}mot{}", i == 0 ? "" : " ", random() % (1 + random() % 40));
    return text;
  };
  fs::create_directories(folder);
  std::ofstream docs(folder + "/docs.jsonl"), queries(folder + "/queries.tsv"), qrels(folder + "/qrels.txt");
  for (unsigned i = 0; i < 60; ++i)
    docs << json({{"id", fmt::format("d{}", i)},
                  {"title", words(3)},
                  {"text", words(5 + static_cast<unsigned>(random() % 60))}})
         << '\n';
  for (unsigned i = 0; i < 30; ++i) {
    queries << fmt::format("t{}\t{}\n", i, words(3));
    std::set<unsigned> judged;
    while (judged.size() < 8) judged.insert(static_cast<unsigned>(random() % 60));
    for (const unsigned document : judged) qrels << fmt::format("t{} 0 d{} {}\n", i, document, random() % 3);
  }
}

}  // namespace

TEST_CASE("bench: the same collection gives the same figures in every form") {
  for (const std::string form : {"plain", "beir", "miracl", "mmarco", "trec", "clef", "bsard", "squad/press.json"}) {
    CAPTURE(form);
    const json result = json::parse(run_limier("bench --json --measures 'nDCG@10 Judged@1' " + collections + form));
    CHECK(result["documents"] == 4);
    CHECK(result["topics"] == 3);
    const json& measures = result["settings"]["runs"][0]["measures"];
    CHECK(measures["nDCG@10"]["mean"] == 1.0);
    CHECK(measures["Judged@1"]["mean"] == 1.0);
  }
}

TEST_CASE("bench: questions of SQuAD's form that have no ids") {
  const TemporaryDirectory directory;
  json squad = json::parse(std::ifstream(collections + "squad/press.json"));
  for (json& article : squad["data"]) {
    for (json& question : article["paragraphs"][0]["qas"]) question.erase("id");
  }
  std::ofstream(directory / "without.json") << squad;
  const json result = json::parse(run_limier("bench --json --measures nDCG@10 " + (directory / "without.json")));
  CHECK(result["topics"] == 3);
  CHECK(result["settings"]["runs"][0]["measures"]["nDCG@10"]["mean"] == 1.0);
}

TEST_CASE("bench: splits, fields of topics, and what is no collection") {
  for (const std::string form : {"beir", "miracl", "bsard", "miracl/"}) {
    CAPTURE(form);
    CHECK(json::parse(run_limier("bench --json --split train " + collections + form))["topics"] == 1);
  }
  run_limier("bench --split valid " + collections + "beir", 2);
  const json narrative =
      json::parse(run_limier("bench --json --measures P@1 --topic-fields narr " + collections + "trec"));
  CHECK(narrative["settings"]["runs"][0]["measures"]["P@1"]["mean"] < 1);
  CHECK(run_limier("bench " + collections + "beir/qrels", 2).find("there are no documents of a collection") !=
        std::string::npos);
  CHECK(run_limier("bench " + collections + "plain/docs.jsonl", 2).find("is not in the form of SQuAD") !=
        std::string::npos);
  CHECK(run_limier("bench " + collections + "nowhere", 2).find("No such file or directory") != std::string::npos);
  CHECK(run_limier("bench " + collections + "plain " + collections + "plain", 2).find("two collections named plain") !=
        std::string::npos);
}

TEST_CASE("bench: what is wrong with a grid is said") {
  const std::string plain = collections + "plain --grid ";
  for (const std::string axis : {"k1", "k1=", "=1", "k1=1..", "k1=1..2", "k1=1..2:0", "k1=2..1:1", "k1=a..b:c",
                                 "k1=1,,2", "k1=1,", "k1=0..9:1e-9"}) {
    CAPTURE(axis);
    CHECK(run_limier("bench " + plain + "'" + axis + "'", 2).find("is no row of settings") != std::string::npos);
  }
  for (const std::string axis : {"k2=1", "k1=one", "stemmer=porter"}) {
    CAPTURE(axis);
    run_limier("bench " + plain + axis, 2);
  }
}

TEST_CASE("bench: a folder of results is the same to the byte, whatever the threads, and its figures come out again") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed " << seed);
  const TemporaryDirectory work;
  make_collection(work / "press", seed);
  const auto bench = [&](int threads, const std::string& output) {
    run_limier(fmt::format(
        "bench {} --grid k1=0..2:1 --grid b=0,1 --grid stemmer=none,snowball --folds 3 --measures 'nDCG@10 AP' "
        "--threads {} --output {}",
        work / "press", threads, work / output));
    return files_in(work / output);
  };
  const auto files = bench(1, "one");
  CHECK(files.size() == 9);
  CHECK(files == bench(1, "again"));
  CHECK(files == bench(3, "three"));

  const std::string folder = work / "one/press/";
  const std::string figures = run_limier("eval --format csv --measures 'nDCG@10 AP' --qrels " + folder + "qrels.txt " +
                                         folder + "defaults.run " + folder + "cross-validated.run");
  auto again = rows_of(figures);
  const auto stored = rows_of(files.at("press/cross-validated.csv"));
  REQUIRE(again.size() == 5);
  REQUIRE(stored.size() == 5);
  for (std::size_t row = 1; row < 5; ++row) {
    for (std::size_t column = 2; column < stored[row].size(); ++column) {
      if (stored[0][column] != "baseline") CHECK(again[row][column] == stored[row][column]);
    }
  }
}

// Straight from the definition, with the tables that bench leaves.
TEST_CASE("bench: cross-validation chooses what is best on the other folds, and measures it on its own") {
  const TemporaryDirectory work;
  make_collection(work / "press", 2);
  run_limier("bench " + (work / "press") +
             " --grid k1=0.2..2.2:0.5 --grid b=0,0.5,1 --folds 4 --measures 'nDCG@10' --output " + (work / "out"));
  std::map<std::string, std::map<std::string, double>> values;  // setting -> topic -> value
  std::vector<std::string> order;
  for (const auto& row : rows_of(read_file(work / "out/press/topics.csv"))) {
    if (row[0] == "topic") continue;
    if (!values.contains(row[1])) order.push_back(row[1]);
    values[row[1]][row[0]] = std::stod(row[2]);
  }
  CHECK(order.size() == 16);
  std::map<std::string, std::string> fold_of, setting_of;
  for (const auto& row : rows_of(read_file(work / "out/press/folds.csv"))) {
    if (row[0] == "fold") continue;
    fold_of[row[3]] = row[0];
    setting_of[row[0]] = row[1];
  }
  CHECK(fold_of.size() == 30);
  CHECK(setting_of.size() == 4);
  double measured = 0;
  for (const auto& [fold, chosen] : setting_of) {
    std::string best;
    double best_sum = -1;
    for (const std::string& setting : order) {
      double sum = 0;
      for (const auto& [topic, value] : values[setting]) sum += fold_of[topic] == fold ? 0 : value;
      if (sum > best_sum + 1e-9) best = setting;
      best_sum = std::max(best_sum, sum);
    }
    CHECK(values[chosen].size() == 30);
    double chosen_sum = 0;
    for (const auto& [topic, value] : values[chosen]) chosen_sum += fold_of[topic] == fold ? 0 : value;
    CHECK(chosen_sum == doctest::Approx(best_sum).epsilon(1e-9));
    for (const auto& [topic, own] : fold_of) measured += own == fold ? values[chosen][topic] : 0;
  }
  const auto table = rows_of(read_file(work / "out/press/cross-validated.csv"));
  CHECK(std::stod(table[2][3]) == doctest::Approx(measured / 30).epsilon(1e-12));
}
