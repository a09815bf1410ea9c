#pragma once

#include <iosfwd>
#include <string>

#include "collection.h"

// The forms of collections that are not TREC's, BEIR's or JSON Lines, which the library reads. All throw
// Error{InvalidArgument} with `name` for what they cannot understand.
namespace limier::tools {

/// Topics with what answers them.
struct JudgedTopics {
  std::vector<Topic> topics;
  Qrels qrels;
};

/// Lines of id, tab, text, as MS MARCO and mMARCO have their passages.
void read_tsv_documents(std::istream& in, const std::string& name, const DocumentSink& sink);

/// A table with the columns `id` and `article` or `text`, and maybe `reference` or `title`, as BSARD has it.
void read_csv_documents(std::istream& in, const std::string& name, const DocumentSink& sink);

/// A table with the columns `id`, `question` and `article_ids`, the latter a list with commas, as BSARD has it.
JudgedTopics read_csv_topics(std::istream& in, const std::string& name);

/// The paragraphs of a file in the form of SQuAD, as FQuAD and PIAF have it; their ids are `ARTICLE-PARAGRAPH`, both
/// counted from 1.
void read_squad_documents(std::istream& in, const std::string& name, const DocumentSink& sink);

/// Its questions; the paragraph that one belongs to is the relevant document.
JudgedTopics read_squad_topics(std::istream& in, const std::string& name);

}  // namespace limier::tools
