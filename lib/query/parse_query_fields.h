#pragma once

#include <string>
#include <string_view>

namespace limier::query_syntax {

/// The name before the colon of `existe:date`, in English.
inline constexpr std::string_view exists_field = "exists";
inline constexpr std::string_view id_field = "id";  ///< Likewise, of `id:a1`.

/// The English name of a field, these among them, in any of its spellings (`Titre`, `MOT-CLE`), or an empty
/// string.
std::string_view field_named(std::string_view spelling);

/// The French name of a field, or the name itself where there is no such field.
std::string_view french_name(std::string_view name);

/// `titre or title, auteur or author, …`, for messages.
std::string known_fields();

}  // namespace limier::query_syntax
