#pragma once

#include <map>
#include <string>
#include <vector>

#include "limier/document.h"

namespace limier::test {

/// What the writer of the crash tests does, batch by batch, and what the index holds after each.
struct CrashHistory {
  struct Batch {
    std::vector<Document> add;
    std::vector<std::string> remove;
  };

  static constexpr int batches = 6;

  static Batch batch(int number) {
    Batch batch;
    // Overlapping ids: each batch adds, replaces and removes.
    for (int i = number * 12; i < number * 12 + 18; ++i) {
      Document document;
      document.id = "d" + std::to_string(i);
      document.title = "Titre du lot " + std::to_string(number);
      for (int word = 0; word < 60; ++word) document.body += "mot" + std::to_string((i * word) % 97) + " ";
      document.date = "2022-11-0" + std::to_string(number + 1);
      batch.add.push_back(document);
    }
    if (number > 0) batch.remove = {"d" + std::to_string(number * 12 - 1), "d" + std::to_string(number * 12 + 3)};
    return batch;
  }

  /// The documents after `count` batches, by id.
  static std::map<std::string, Document> after(int count) {
    std::map<std::string, Document> documents;
    for (int number = 0; number < count; ++number) {
      for (const Document& document : batch(number).add) documents[document.id] = document;
      for (const std::string& id : batch(number).remove) documents.erase(id);
    }
    return documents;
  }
};

}  // namespace limier::test
