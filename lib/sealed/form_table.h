#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sealed/segment_writer.h"

namespace limier::sealed {

/// The very forms of one stem while its list is made: gives them the numbers by which occurrences name them, the form
/// of the most documents first, so that most numbers are 0. Thread rule: one thread at a time.
class FormTable {
 public:
  /// A form by its exact term; the same each time for the same term. Tells its handle, from 0. So many documents that
  /// have it are counted.
  std::uint32_t add(std::string_view term, std::uint32_t documents = 0);

  /// Counts a document that has a form, given by its handle, unless it is the one that was counted last for it.
  void count_document(std::uint32_t handle, std::uint32_t document) {
    Form& form = forms_[handle];
    form.documents += form.last_document != document ? 1 : 0;
    form.last_document = document;
  }

  /// Counts so many documents more that have a form, given by its handle.
  void count(std::uint32_t handle, std::uint32_t documents) { forms_[handle].documents += documents; }

  /// How many forms there are.
  std::size_t size() const { return forms_.size(); }

  /// Ends counting. Forms of no document have no number.
  void settle();

  /// The number of a form, by its handle.
  std::uint32_t number(std::uint32_t handle) const { return numbers_[handle]; }

  /// Appends the forms in the order of their numbers, tells how many there are, and empties the table.
  std::uint32_t take(std::vector<FormOfStem>& forms);

 private:
  struct Form {
    std::string term;
    std::uint32_t documents = 0;
    std::uint32_t last_document = 0;  // that was counted
  };

  std::vector<Form> forms_;
  std::vector<std::uint32_t> numbers_, order_;
};

}  // namespace limier::sealed
