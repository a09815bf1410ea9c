#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "limier/document.h"
#include "limier/message.h"

namespace limier {

/// Reads many JSON objects, one after the other, as document_from_json reads one; keeps its memory between them.
/// Thread rule: one thread at a time.
class DocumentJson {
 public:
  DocumentJson();
  ~DocumentJson();

  /// Sets `document` from one JSON object; false, with the reason in `problem`, where the text is none. Room is made
  /// behind `json` for the parser's padding, its contents stay.
  bool read(std::string& json, Document& document, Message& problem);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limier
