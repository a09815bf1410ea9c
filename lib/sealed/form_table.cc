#include "sealed/form_table.h"

#include <algorithm>
#include <numeric>

namespace limier::sealed {

std::uint32_t FormTable::add(std::string_view term, std::uint32_t documents) {
  const auto found = std::find_if(forms_.begin(), forms_.end(), [&](const Form& form) { return form.term == term; });
  const auto handle = static_cast<std::uint32_t>(found - forms_.begin());
  if (found == forms_.end()) forms_.push_back({std::string(term)});
  forms_[handle].documents += documents;
  return handle;
}

void FormTable::settle() {
  order_.resize(forms_.size());
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Form &first = forms_[a], &second = forms_[b];
    return first.documents != second.documents ? first.documents > second.documents : first.term < second.term;
  });
  numbers_.resize(forms_.size());
  for (std::uint32_t number = 0; number < order_.size(); ++number) numbers_[order_[number]] = number;
}

std::uint32_t FormTable::take(std::vector<FormOfStem>& forms) {
  const std::size_t before = forms.size();
  for (std::uint32_t number = 0; number < order_.size(); ++number) {
    Form& form = forms_[order_[number]];
    if (form.documents > 0) forms.push_back({std::move(form.term), number, form.documents});
  }
  forms_.clear();
  order_.clear();
  return static_cast<std::uint32_t>(forms.size() - before);
}

}  // namespace limier::sealed
