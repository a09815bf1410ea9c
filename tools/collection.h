#pragma once

#include <functional>
#include <string>
#include <vector>

#include "limier/document.h"
#include "limier/document_reader.h"
#include "limier/evaluation.h"

// Retrieval collections as people have them on their disks; docs/collections.md says which.
namespace limier::tools {

struct CollectionOptions {
  std::string split;                                  ///< Of several judgments, those with this in their name.
  std::vector<std::string> topic_fields = {"title"};  ///< Of topics in tags.
};

/// Thread rule: a plain value.
struct Collection {
  std::string name;                         ///< The folder's, or the file's.
  std::vector<std::string> document_files;  ///< In byte order.
  std::vector<Topic> topics;                ///< Those that are judged, in the order of their file.
  Qrels qrels;
};

/// Finds the files of a collection by the words in their names, and reads topics and judgments. Throws Error: NotFound,
/// where a part is missing; InvalidArgument, where one cannot be understood, or no topic is judged.
Collection read_collection(const std::string& path, const CollectionOptions& options);

using DocumentSink = std::function<void(const Document&)>;

/// Hands over every document. What cannot be read of them goes to `on_problem`; throws InvalidArgument for a table
/// without the columns it takes.
void read_documents(const Collection& collection, const DocumentSink& sink, const ProblemHandler& on_problem);

}  // namespace limier::tools
