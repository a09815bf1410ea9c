// The command as people meet it: transcripts/*.txt are shell sessions, commands and what they print. A transcript that
// is right but out of date is written anew with LIMIER_REWRITE=1 in the environment; read the difference before
// committing it.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "files.h"
#include "limier/document.h"
#include "shard/schema.h"
#include "text/entities.h"

namespace {

namespace fs = std::filesystem;
using limier::test::read_file;
using limier::test::write_file;

const fs::path transcripts_dir = fs::path(LIMIER_SOURCE_DIR) / "tests/transcripts";

// A part of a transcript: the lines that are kept as they are, then a command and what is expected of it.
struct Step {
  std::string comment;
  std::vector<std::string> command;  // Its lines; those after the first are written behind `> `.
  std::string expected;
  std::string locale;
};

constexpr std::string_view locale_mark = "# locale: ";

// `# comment` and `$ command` are marked by their first bytes, `> ` goes on with a command; all else is output. What
// stands below `# locale: NAME` is run in that locale.
std::vector<Step> parse_transcript(const std::string& text) {
  std::vector<Step> steps;
  std::istringstream in(text);
  std::string comment, locale = "C.UTF-8";
  bool in_command = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("$ ")) {
      steps.push_back({std::exchange(comment, ""), {line.substr(2)}, "", locale});
      in_command = true;
    } else if (in_command && line.starts_with("> ")) {
      steps.back().command.push_back(line.substr(2));
    } else if (line.starts_with("# ")) {
      comment += line + '\n';
      if (line.starts_with(locale_mark)) locale = line.substr(locale_mark.size());
    } else if (!steps.empty()) {
      in_command = false;
      steps.back().expected += line + '\n';
    }
  }
  return steps;
}

std::string lines_of(const Step& step) {
  std::string lines;
  for (const std::string& line : step.command) lines += line + '\n';
  return lines;
}

std::string format_step(const Step& step, const std::string& output) {
  std::string text = step.comment;
  for (std::size_t i = 0; i < step.command.size(); ++i) text += (i == 0 ? "$ " : "> ") + step.command[i] + '\n';
  return text + output;
}

// A folder of its own for one transcript.
class Session {
 public:
  Session() {
    std::string name = (fs::temp_directory_path() / "limier-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    root_ = name;
    fs::create_directory(root_ / "work");
  }
  ~Session() { fs::remove_all(root_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  fs::path folder() const { return root_ / "work"; }

  // What the command printed on both streams, and a line `[status N]` where that is not 0.
  std::string run(const std::string& command, const std::string& locale = "C.UTF-8") {
    write_file(root_ / "script", "exec >" + (root_ / "output").string() + " 2>&1\n" + command + '\n');
    const int status = std::system(
        ("cd " + (root_ / "work").string() + " && " + environment() + " LC_ALL=" + locale + " sh ../script").c_str());
    REQUIRE(WIFEXITED(status));
    std::string output = in_folder_dot(read_file(root_ / "output"));
    if (!output.empty() && !output.ends_with('\n')) output += '\n';
    if (WEXITSTATUS(status) != 0) output += "[status " + std::to_string(WEXITSTATUS(status)) + "]\n";
    return output;
  }

 private:
  // Nothing of the person who tests, and a zone that nobody is in.
  static std::string environment() {
    const char* const sanitizer = std::getenv("ASAN_OPTIONS");
    return "env -i PATH=" LIMIER_COMMAND_DIR ":/usr/bin:/bin HOME=/nonexistent TZ=Nowhere-05:45 TERM=xterm" +
           (sanitizer == nullptr ? "" : " ASAN_OPTIONS=" + std::string(sanitizer));
  }

  // The folder's name, which differs from run to run, as `WORK`.
  std::string in_folder_dot(std::string output) const {
    const std::string folder = fs::canonical(root_ / "work").string();
    for (std::size_t at = 0; (at = output.find(folder, at)) != std::string::npos;)
      output.replace(at, folder.size(), "WORK");
    return output;
  }

  fs::path root_;
};

// The command as another program talks with it, a line asked and its answer read before the next is asked.
class Coprocess {
 public:
  Coprocess(const fs::path& folder, const std::string& command) {
    int questions[2], answers[2];
    REQUIRE(pipe2(questions, O_CLOEXEC) == 0);
    REQUIRE(pipe2(answers, O_CLOEXEC) == 0);
    process_ = fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) {
      dup2(questions[0], STDIN_FILENO);
      dup2(answers[1], STDOUT_FILENO);
      const std::string script = "cd " + folder.string() + " && exec env -i LC_ALL=C.UTF-8 " + command + " 2>> errors";
      execl("/bin/sh", "sh", "-c", script.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    close(questions[0]);
    close(answers[1]);
    questions_ = questions[1];
    answers_ = answers[0];
  }
  ~Coprocess() {
    if (process_ > 0) finish();
  }
  Coprocess(const Coprocess&) = delete;
  Coprocess& operator=(const Coprocess&) = delete;

  // What is printed up to `end`, without it. A command that keeps the answer back fails here.
  std::string ask(const std::string& line, const std::string& end) {
    const std::string question = line + '\n';
    REQUIRE(write(questions_, question.data(), question.size()) == static_cast<ssize_t>(question.size()));
    std::string answer;
    while (!answer.ends_with(end)) {
      pollfd ready{answers_, POLLIN, 0};
      REQUIRE_MESSAGE(poll(&ready, 1, patience) == 1, "no answer to " << line);
      char byte = 0;
      REQUIRE(read(answers_, &byte, 1) == 1);
      answer += byte;
    }
    return answer.substr(0, answer.size() - end.size());
  }

  // Ends what is asked and gives the exit status.
  int finish() {
    close(questions_);
    close(answers_);
    int status = 0;
    waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  static constexpr int patience = 60'000;  // Milliseconds, for a machine that is very busy.

  pid_t process_ = -1;
  int questions_ = -1, answers_ = -1;
};

void check_transcript(const std::string& name) {
  const fs::path path = transcripts_dir / (name + ".txt");
  const std::vector<Step> steps = parse_transcript(read_file(path));
  REQUIRE(steps.size() >= 3);
  Session session;
  std::string rewritten;
  for (const Step& step : steps) {
    const std::string output = session.run(lines_of(step), step.locale);
    rewritten += format_step(step, output);
    INFO(format_step(step, step.expected));
    if (std::getenv("LIMIER_REWRITE") == nullptr) CHECK(output == step.expected);
  }
  if (std::getenv("LIMIER_REWRITE") != nullptr) write_file(path, rewritten);
}

const std::vector<std::string> transcripts = {"analyze",    "bad-input", "check",   "config", "containers", "delete",
                                              "evaluation", "extract",   "formats", "french", "help",       "index",
                                              "optimize",   "query",     "search",  "show",   "suggest",    "synonyms",
                                              "system",     "terminal",  "watch"};

}  // namespace

TEST_CASE("command: every transcript has its test") {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(transcripts_dir)) names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  CHECK(names == transcripts);
}

TEST_CASE("command: every subcommand is met in both languages") {
  Session session;
  std::istringstream names(session.run("limier --help | sed -n '/^Commands:/,/^$/s/^  \\([a-z]\\+\\) .*/\\1/p'"));
  const std::string french = read_file(transcripts_dir / "french.txt");
  std::string english;
  for (const std::string& name : transcripts)
    english += name == "french" ? "" : read_file(transcripts_dir / (name + ".txt"));
  int met = 0;
  for (std::string name; std::getline(names, name); ++met) {
    INFO(name);
    CHECK(french.find("limier " + name + " --help\n") != std::string::npos);
    CHECK(french.find("limier " + name + ' ', french.find("# One, several")) != std::string::npos);
    CHECK(english.find("limier " + name + ' ') != std::string::npos);
  }
  CHECK(met >= 10);
}

TEST_CASE("command: an index of a newer version is refused with advice") {
  Session session;
  CHECK(session.run(
            "printf '{\"id\": \"1\", \"title\": \"Un\"}\n' > one.jsonl; limier index press.idx one.jsonl > log") == "");
  Xapian::WritableDatabase(session.folder() / "press.idx", Xapian::DB_OPEN)
      .set_metadata(std::string(limier::schema::format_key), "99");
  for (const std::string command :
       {"search press.idx un", "index press.idx one.jsonl", "delete press.idx 1", "info press.idx"}) {
    const std::string output = session.run("limier " + command);
    INFO(output);
    CHECK(output.starts_with("limier: press.idx: "));
    CHECK(output.find("use a newer Limier") != std::string::npos);
    CHECK(output.ends_with("[status 2]\n"));
  }
}

TEST_CASE("command: a file that may not be read is reported, the others are indexed") {
  // Root may read everything, unless it gives that up.
  const std::string as_others = geteuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search " : "";
  Session session;
  session.run("printf '{\"id\": \"1\", \"title\": \"Un\"}\n' > one.jsonl; cp one.jsonl two.jsonl; chmod 000 one.jsonl");
  if (session.run(as_others + "cat two.jsonl > log") != "") {
    MESSAGE("skipped: this root cannot give up its right to read everything");
    return;
  }
  const std::string output = session.run(as_others + "limier index press.idx .");
  INFO(output);
  CHECK(output.find("one.jsonl: cannot be opened: Permission denied\n") != std::string::npos);
  CHECK(output.find("1 document added") != std::string::npos);
  CHECK(output.ends_with("[status 2]\n"));
}

TEST_CASE("command: a co-process has its answer before it asks again, from the newest commit") {
  Session session;
  const auto index = [&](const std::string& id, const std::string& text) {
    return session.run("printf '{\"id\": \"" + id + "\", \"text\": \"" + text + "\"}\\n' > " + id +
                       ".jsonl && limier index press.idx " + id + ".jsonl > log");
  };
  REQUIRE(index("a", "Le coton du Mali.") == "");
  const std::string limier = LIMIER_COMMAND_DIR "/limier search press.idx - ";

  Coprocess ids(session.folder(), limier + "--format ids");
  CHECK(ids.ask("coton", "\n\n") == "a");
  CHECK(ids.ask("", "\n") == "");
  CHECK(ids.ask("pêche", "\n") == "");
  REQUIRE(index("b", "La pêche et le coton.") == "");
  CHECK(ids.ask("pêche", "\n\n") == "b");
  CHECK(ids.ask("coton (", "\n") == "");
  REQUIRE(index("a", "Du thon.") == "");
  CHECK(ids.ask("coton", "\n\n") == "b");
  CHECK(ids.finish() == 2);
  CHECK(read_file(session.folder() / "errors").starts_with("limier: -:5: query, byte 6: This parenthesis"));

  Coprocess json(session.folder(), limier + "--json --top 1");
  for (const std::string query : {"coton", "", "introuvable", "coton (", "thon"}) {
    const std::string answer = json.ask(query, "\n");
    INFO(answer);
    CHECK(answer.starts_with("{\"query\":\"" + query + "\","));
  }
  CHECK(json.finish() == 2);

  Coprocess null(session.folder(), limier + "-0 --format ids");
  CHECK(null.ask("thon", std::string(2, '\0')) == "a");
  CHECK(null.ask("coton OU thon", std::string(2, '\0')) == std::string("a\0b", 3));
  CHECK(null.ask("introuvable", std::string(1, '\0')) == "");
  CHECK(null.finish() == 0);

  Coprocess text(session.folder(), limier);
  CHECK(text.ask("introuvable", "\n\n") == "0 documents");
  CHECK(text.finish() == 1);
}

TEST_CASE("command: what HTML and Markdown show is the text, and nothing of it mark-up") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::vector<std::string> pieces = {"mot", "homme", "l’",  "é",  "<b>",    "</p>",   "&",    "*",
                                           "**",  "_",     "__",  "`",  "```",    "[a](b)", "![",   "](",
                                           "\\",  "#",     "-",   "1.", ">",      "~~",     "|",    "$x$",
                                           "^",   "==",    "+",   ":",  "---",    "\"",     "'",    "2)",
                                           "!",   "<!--",  "-->", "é",  "<mark>", "{x}",    "https"};
  const auto some_text = [&] {
    std::string text;
    for (std::size_t i = 1 + random() % 12; i > 0; --i)
      text += pieces[random() % pieces.size()] + (random() % 2 == 0 ? " " : "");
    return std::regex_replace(text + " mot", std::regex(" +"), " ");
  };
  Session session;
  std::vector<std::string> expected;
  std::ofstream file(session.folder() / "texts.jsonl");
  for (int i = 0; i < 200; ++i) {
    limier::Document document;
    document.id = "id" + std::to_string(100 + i);
    document.title = some_text();
    document.body = some_text();
    if (i % 2 == 0) document.url = "https://example.org/?a=1&b=" + std::to_string(i) + "&copy=(c)";
    file << to_json(document) << '\n';
    for (const std::string& text : {document.title, document.body}) expected.push_back(text);
  }
  file.close();
  session.run("limier index texts.idx texts.jsonl");
  // The text of titles and passages in a page, marks as brackets; and how many links there are.
  const auto read = [](std::string page, const std::regex& line) {
    std::vector<std::string> texts;
    for (std::sregex_iterator at(page.begin(), page.end(), line), end; at != end; ++at) {
      std::string text = (*at)[1];
      if (text.starts_with("<a href=\"https://example.org/?a=1&amp;b=")) text = text.substr(text.find('>') + 1);
      if (text.ends_with("</a>")) text.resize(text.size() - 4);
      for (const std::string open : {"<mark>", "<strong>"}) text = std::regex_replace(text, std::regex(open), "\x01");
      for (const std::string close : {"</mark>", "</strong>"})
        text = std::regex_replace(text, std::regex(close), "\x02");
      CHECK(text.find_first_of("<>") == std::string::npos);
      texts.push_back(limier::decode_entities(text));
    }
    return texts;
  };
  const std::vector<std::string> html = read(session.run("limier search --top 200 texts.idx mot --format html"),
                                             std::regex("<p class=\"limier-(?:title|passages)\">(.*)</p>"));
  const std::vector<std::string> markdown =
      read(session.run("limier search --top 200 texts.idx mot --format markdown | lowdown -t html --out-no-smarty"),
           std::regex("<(?:h3 id=\"[^\"]*\">[0-9]+\\. |p>(?!id[0-9]|200 documents))(.*)</(?:h3|p)>"));
  REQUIRE(html.size() == 400);
  REQUIRE(markdown.size() == html.size());
  for (std::size_t i = 0; i < html.size(); ++i) CHECK(markdown[i] == html[i]);
  std::vector<std::string> shown;
  std::size_t marked = 0;
  for (std::string text : html) {
    for (std::size_t at = 0; (at = text.find('\x01', at)) != std::string::npos; ++at, ++marked)
      CHECK(text.substr(at + 1, 3) == "mot");
    std::erase_if(text, [](char c) { return c == '\x01' || c == '\x02'; });
    shown.push_back(text);
  }
  CHECK(marked >= 400);
  std::sort(shown.begin(), shown.end());
  std::sort(expected.begin(), expected.end());
  REQUIRE(shown.size() == expected.size());
  for (std::size_t i = 0; i < shown.size(); ++i) CHECK(shown[i] == expected[i]);
}

TEST_CASE("command: analyze") { check_transcript("analyze"); }
TEST_CASE("command: bad input") { check_transcript("bad-input"); }
TEST_CASE("command: check") { check_transcript("check"); }
TEST_CASE("command: configuration") { check_transcript("config"); }
TEST_CASE("command: containers") { check_transcript("containers"); }
TEST_CASE("command: delete") { check_transcript("delete"); }
TEST_CASE("command: evaluation") { check_transcript("evaluation"); }
TEST_CASE("command: extract") { check_transcript("extract"); }
TEST_CASE("command: forms of hits") { check_transcript("formats"); }
TEST_CASE("command: in French") { check_transcript("french"); }
TEST_CASE("command: help") { check_transcript("help"); }
TEST_CASE("command: index") { check_transcript("index"); }
TEST_CASE("command: query") { check_transcript("query"); }
TEST_CASE("command: search") { check_transcript("search"); }
TEST_CASE("command: show") { check_transcript("show"); }
TEST_CASE("command: suggest") { check_transcript("suggest"); }
TEST_CASE("command: synonyms, acronyms and documents like another") { check_transcript("synonyms"); }
TEST_CASE("command: the system around") { check_transcript("system"); }
TEST_CASE("command: watch") { check_transcript("watch"); }
TEST_CASE("command: on a terminal") { check_transcript("terminal"); }
