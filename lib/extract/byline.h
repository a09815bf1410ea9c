#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace limier::extract {

/// What a byline tells.
struct Byline {
  std::string date;  ///< As Document::date.
  std::vector<std::string> authors;
  std::vector<std::string> sections;
  std::vector<std::string> tags;
  std::string source;                         ///< Whom the line cites: `Source : Sputnik, publié le 3 juin 2025`.
  std::map<std::string, std::string> values;  ///< `lectures`: how often the page was read.
  bool dated = false;                         ///< There is a date of publication, known or not: `publié le 22 juin`.
  bool updated = false;                       ///< `Mis à jour` stands there: a date may be that of an update.
  bool is_byline = false;                     ///< There is a date, or `Par` and a name, and hardly anything else.
};

/// Reads one line: `AfricaPresse 23 Nov 2022 Mali, Politique, Russie 964 Lectures`, `Par Aminata Cissé - 12 mars 2024`,
/// `Publié le 6 février 2024 par Rasmané Sawadogo dans Santé`, `La Rédaction | 03/07/2020 | Société`. A date behind
/// `Mis à jour le` is not the date of publication. If there is no full date, one that counts from the day of reading is
/// taken, as find_relative_date tells it by `captured`.
Byline parse_byline(std::string_view line, std::string_view captured = {});

/// The names in `Inês Trovoada-Lima et Rodrigue Houénou`, `Par Jean Dupont, à Bamako`; without what is no name.
std::vector<std::string> parse_authors(std::string_view text);

/// The names in a line that stands where a byline does and says nothing else: `Le Courrier des Lacs`. Every word has a
/// capital, but for particles.
std::vector<std::string> parse_signature(std::string_view line);

/// `Économie`, `Agriculture` of `Accueil » Économie » Agriculture`; empty for what is no such path.
std::vector<std::string> parse_breadcrumb(std::string_view line);

/// `Africa Presse` of `© Africa Presse, tous droits réservés`; empty where no name is left.
std::string site_of_copyright(std::string_view line);

/// What stands behind the colon: `Sputnik` of `Source: Sputnik`.
std::string after_colon(std::string_view line);

}  // namespace limier::extract
