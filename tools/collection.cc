#include "collection.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include "collection_formats.h"
#include "input.h"
#include "limier/error.h"
#include "translate.h"

namespace limier::tools {
namespace {

namespace fs = std::filesystem;

/// Of several, a person's judgments of a test come first.
constexpr std::string_view usual_splits[] = {"test", "dev", "train"};

/// All files of a collection, relative to its folder, in byte order; hidden ones are left out.
std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder, fs::directory_options::follow_directory_symlink)) {
    const std::string file = entry.path().lexically_relative(folder).string();
    const bool hidden = file.starts_with('.') || file.find("/.") != std::string::npos;
    if (entry.is_regular_file() && !hidden) files.push_back(file);
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// What a file is, by the words in its name and in those of the folders in the collection that it lies in.
enum class Role { None, Documents, Topics, Judgments };

Role role_of(std::string_view file) {
  constexpr std::pair<std::string_view, Role> words[] = {
      {"qrels", Role::Judgments},     {"topics", Role::Topics},        {"queries", Role::Topics},
      {"questions", Role::Topics},    {"corpus", Role::Documents},     {"docs", Role::Documents},
      {"documents", Role::Documents}, {"collection", Role::Documents}, {"articles", Role::Documents}};
  // The nearer to the file, the more a name says.
  for (std::string_view rest = file; !rest.empty();) {
    const std::size_t slash = rest.rfind('/');
    const std::string_view name = rest.substr(slash == std::string_view::npos ? 0 : slash + 1);
    for (const auto& [word, role] : words) {
      if (name.find(word) != std::string_view::npos) return role;
    }
    rest = rest.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  return Role::None;
}

std::vector<std::string> of_role(const std::vector<std::string>& files, Role role) {
  std::vector<std::string> found;
  std::copy_if(files.begin(), files.end(), std::back_inserter(found),
               [role](const std::string& file) { return role_of(file) == role; });
  return found;
}

/// Of several files the one of the split, the shortest name first. Topics may be the same for all splits.
std::string of_split(std::vector<std::string> files, const std::string& split) {
  std::stable_sort(files.begin(), files.end(),
                   [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  const auto with = [&](std::string_view word) {
    return std::find_if(files.begin(), files.end(),
                        [word](const std::string& file) { return file.find(word) != std::string::npos; });
  };
  if (!split.empty()) return with(split) == files.end() ? std::string() : *with(split);
  for (const std::string_view usual : usual_splits) {
    if (const auto found = with(usual); found != files.end()) return *found;
  }
  return files.empty() ? std::string() : files.front();
}

[[noreturn]] void miss(const std::string& path, const std::string& what) {
  throw Error(ErrorCode::NotFound,
              {tr("{}: there are no {} of a collection; see docs/collections.md", path, what), {}});
}

JudgedTopics judged_by_squad(const std::string& path) { return read_input(path, read_squad_topics); }

JudgedTopics judged_in_folder(const std::string& folder, const std::vector<std::string>& files,
                              const CollectionOptions& options) {
  const std::vector<std::string> topic_files = of_role(files, Role::Topics);
  std::string topics = of_split(topic_files, options.split);
  if (topics.ends_with(".csv")) return read_input(folder + '/' + topics, read_csv_topics);
  const std::string qrels = of_split(of_role(files, Role::Judgments), options.split);
  if (qrels.empty()) miss(folder, tr("judgments"));
  if (topics.empty()) topics = of_split(topic_files, "");
  if (topics.empty()) miss(folder, tr("topics"));
  const auto read = [&options](std::istream& in, const std::string& name) {
    return read_topics(in, name, options.topic_fields);
  };
  return {read_input(folder + '/' + topics, read), read_input(folder + '/' + qrels, read_qrels)};
}

/// CLEF's topic `C041` is `41` in its judgments.
std::string number_in(const std::string& id) {
  const std::size_t first = id.find_first_of("123456789");
  return first == std::string::npos ? id : id.substr(first);
}

/// Leaves the topics that are judged.
void keep_judged(std::vector<Topic>& topics, const Qrels& qrels) {
  const auto is_judged = [&qrels](const Topic& topic) { return qrels.contains(topic.id); };
  if (std::none_of(topics.begin(), topics.end(), is_judged)) {
    for (Topic& topic : topics) topic.id = number_in(topic.id);
  }
  std::erase_if(topics, [&](const Topic& topic) { return !is_judged(topic); });
}

}  // namespace

Collection read_collection(const std::string& path, const CollectionOptions& options) {
  Collection collection;
  JudgedTopics judged;
  const fs::path place = fs::path(path).lexically_normal();
  if (fs::is_directory(path)) {
    const std::string folder = place.has_filename() ? place.string() : place.parent_path().string();
    collection.name = fs::path(folder).filename().string();
    const std::vector<std::string> files = files_in(folder);
    for (const std::string& file : of_role(files, Role::Documents))
      collection.document_files.push_back(folder + '/' + file);
    if (collection.document_files.empty()) miss(folder, tr("documents"));
    judged = judged_in_folder(folder, files, options);
  } else {
    collection.name = place.stem().string();
    collection.document_files = {path};
    judged = judged_by_squad(path);
  }
  collection.qrels = std::move(judged.qrels);
  collection.topics = std::move(judged.topics);
  keep_judged(collection.topics, collection.qrels);
  if (collection.topics.empty()) throw Error(ErrorCode::InvalidArgument, {tr("{}: no topic is judged", path), {}});
  return collection;
}

void read_documents(const Collection& collection, const DocumentSink& sink, const ProblemHandler& on_problem) {
  for (const std::string& path : collection.document_files) {
    const auto reading = [&sink](auto read) {
      return [&sink, read](std::istream& in, const std::string& name) {
        read(in, name, sink);
        return true;
      };
    };
    if (path.ends_with(".tsv")) {
      read_input(path, reading(read_tsv_documents));
    } else if (path.ends_with(".csv")) {
      read_input(path, reading(read_csv_documents));
    } else if (path.ends_with(".json")) {
      read_input(path, reading(read_squad_documents));
    } else {
      for (const SourceFile& source : find_sources(path, on_problem)) {
        DocumentReader reader(source, on_problem);
        for (Document document; reader.next(document);) sink(document);
      }
    }
  }
}

}  // namespace limier::tools
