#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "extract/repeated_texts.h"
#include "limier/document_reader.h"

namespace limier {

/// Reads what it needs when it is asked, and remembers what it found.
class SiteMemory::Impl {
 public:
  explicit Impl(const std::vector<SourceFile>& sources);

  /// What repeats on the pages of the folder in which this page lies, a file of its own.
  const extract::RepeatedTexts& around(const SourceFile& page);

  /// The document of a page that was read ahead, where nothing on it repeats and nothing was wrong with it: it need not
  /// be read again. Given once.
  std::optional<Document> take_document(const SourceFile& page);

  /// What repeats on the first pages of this file of many.
  const extract::RepeatedTexts& within(const SourceFile& container);

 private:
  // A page as it was read alone.
  struct ReadPage {
    Document document;
    extract::TextSet texts;
  };

  // Gives the page that is the whole source, if all went well. What cannot be read twice, such as a pipe, is left for
  // those who want its documents.
  static std::optional<ReadPage> count_pages(const SourceFile& source, std::size_t most,
                                             extract::RepetitionCounter& counter);

  std::map<std::string, std::vector<SourceFile>> samples_;   // by folder
  std::map<std::string, extract::RepeatedTexts> of_folder_;  // those that were asked for
  std::map<std::string, extract::RepeatedTexts> of_file_;
  std::map<std::string, Document> read_ahead_;  // by path
};

}  // namespace limier
