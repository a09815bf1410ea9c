#include "extract/vocabulary.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "extract/name_table.h"
#include "extract/words.h"
#include "text/ascii.h"

namespace limier::extract {
namespace {

enum class Match { Whole, Start, Anywhere };

struct Phrase {
  Wording wording;
  Match match;
  std::size_t most_words;  // A longer line is running text that happens to say so.
  std::string_view text;   // folded
};

// `Whole` allows what is not a letter behind it: `Commentaires (3)`, `Lire aussi :`.
constexpr Phrase phrases[] = {
    {Wording::OtherArea, Match::Whole, 6, "articles similaires"},
    {Wording::OtherArea, Match::Whole, 6, "article similaire"},
    {Wording::OtherArea, Match::Whole, 6, "articles lies"},
    {Wording::OtherArea, Match::Whole, 6, "articles connexes"},
    {Wording::OtherArea, Match::Whole, 6, "articles associes"},
    {Wording::OtherArea, Match::Whole, 6, "articles recents"},
    {Wording::OtherArea, Match::Whole, 6, "articles recommandes"},
    {Wording::OtherArea, Match::Whole, 6, "autres articles"},
    {Wording::OtherArea, Match::Start, 7, "autres articles d"},
    {Wording::OtherArea, Match::Whole, 6, "autres actualites"},
    {Wording::OtherArea, Match::Whole, 6, "derniers articles"},
    {Wording::OtherArea, Match::Whole, 6, "dernieres actualites"},
    {Wording::OtherArea, Match::Whole, 6, "dernieres nouvelles"},
    {Wording::OtherArea, Match::Whole, 6, "dans la meme rubrique"},
    {Wording::OtherArea, Match::Whole, 6, "du meme auteur"},
    {Wording::OtherArea, Match::Whole, 6, "les plus lus"},
    {Wording::OtherArea, Match::Whole, 6, "les plus populaires"},
    {Wording::OtherArea, Match::Whole, 6, "les plus commentes"},
    {Wording::OtherArea, Match::Whole, 6, "articles populaires"},
    {Wording::OtherArea, Match::Whole, 6, "plus d'articles"},
    {Wording::OtherArea, Match::Start, 8, "vous aimerez aussi"},
    {Wording::OtherArea, Match::Start, 8, "vous pourriez aussi aimer"},
    {Wording::OtherArea, Match::Start, 8, "cela pourrait vous interesser"},
    {Wording::OtherArea, Match::Start, 8, "ces articles pourraient"},
    {Wording::OtherArea, Match::Whole, 6, "recommande pour vous"},
    {Wording::OtherArea, Match::Whole, 6, "related posts"},
    {Wording::OtherArea, Match::Whole, 6, "related articles"},
    {Wording::OtherArea, Match::Whole, 6, "you may also like"},
    {Wording::OtherArea, Match::Whole, 6, "recent posts"},
    {Wording::OtherArea, Match::Whole, 6, "fil info"},
    {Wording::OtherArea, Match::Whole, 6, "commentaires"},
    {Wording::OtherArea, Match::Whole, 6, "vos commentaires"},
    {Wording::OtherArea, Match::Whole, 6, "vos reactions"},
    {Wording::OtherArea, Match::Start, 8, "vos reactions doivent"},
    {Wording::OtherArea, Match::Whole, 6, "comments"},
    {Wording::OtherArea, Match::Start, 8, "laisser un commentaire"},
    {Wording::OtherArea, Match::Start, 8, "laissez un commentaire"},
    {Wording::OtherArea, Match::Start, 8, "laisser une reponse"},
    {Wording::OtherArea, Match::Start, 8, "ajouter un commentaire"},
    {Wording::OtherArea, Match::Start, 8, "publier un commentaire"},
    {Wording::OtherArea, Match::Start, 8, "poster un commentaire"},
    {Wording::OtherArea, Match::Start, 8, "reagir a cet article"},
    {Wording::OtherArea, Match::Start, 8, "reagissez a cet article"},
    {Wording::OtherArea, Match::Start, 8, "leave a reply"},
    {Wording::OtherArea, Match::Start, 8, "leave a comment"},
    {Wording::OtherArea, Match::Whole, 6, "a propos de nous"},
    {Wording::OtherArea, Match::Whole, 6, "qui sommes nous"},
    {Wording::OtherArea, Match::Whole, 6, "qui sommes-nous"},
    {Wording::OtherArea, Match::Whole, 6, "about us"},
    {Wording::OtherArea, Match::Whole, 6, "newsletter"},
    {Wording::OtherArea, Match::Whole, 6, "infolettre"},
    {Wording::OtherArea, Match::Whole, 6, "liens commerciaux"},
    {Wording::OtherArea, Match::Whole, 6, "contenus sponsorises"},
    {Wording::OtherArea, Match::Whole, 6, "breaking news"},
    {Wording::OtherArea, Match::Whole, 6, "flash info"},
    {Wording::ReadAlso, Match::Start, 40, "a lire aussi"},
    {Wording::ReadAlso, Match::Start, 40, "lire aussi"},
    {Wording::ReadAlso, Match::Start, 40, "lisez aussi"},
    {Wording::ReadAlso, Match::Start, 40, "a lire egalement"},
    {Wording::ReadAlso, Match::Start, 40, "lire egalement"},
    {Wording::ReadAlso, Match::Start, 40, "a voir aussi"},
    {Wording::ReadAlso, Match::Start, 40, "voir aussi :"},
    {Wording::ReadAlso, Match::Start, 40, "a ecouter aussi"},
    {Wording::ReadAlso, Match::Start, 40, "a relire :"},
    {Wording::ReadAlso, Match::Start, 40, "read also"},
    {Wording::ReadAlso, Match::Start, 40, "read more :"},
    {Wording::ReadAlso, Match::Whole, 6, "sur le meme sujet"},
    {Wording::ReadAlso, Match::Whole, 6, "sur le meme theme"},
    {Wording::Advert, Match::Start, 8, "publicite"},
    {Wording::Advert, Match::Whole, 3, "annonce"},
    {Wording::Advert, Match::Whole, 3, "advertisement"},

    {Wording::Copyright, Match::Start, 40, "(c) 19"},
    {Wording::Copyright, Match::Start, 40, "(c) 20"},
    {Wording::Copyright, Match::Anywhere, 30, "tous droits reserves"},
    {Wording::Copyright, Match::Anywhere, 30, "all rights reserved"},
    {Wording::Contact, Match::Start, 20, "adresse mail :"},
    {Wording::Contact, Match::Start, 20, "contact :"},
    {Wording::Contact, Match::Start, 20, "tel :"},
    {Wording::Contact, Match::Start, 20, "telephone :"},
    {Wording::Contact, Match::Start, 30, "your email address will not be published"},
    {Wording::Contact, Match::Start, 30, "votre adresse e-mail ne sera pas publiee"},
    {Wording::Contact, Match::Start, 30, "votre adresse de messagerie ne sera pas publiee"},
    {Wording::Contact, Match::Start, 30, "les champs obligatoires sont"},
    {Wording::Contact, Match::Start, 30, "enregistrer mon nom, mon e-mail"},
    {Wording::Contact, Match::Anywhere, 60, "utilisons des cookies"},
    {Wording::Contact, Match::Anywhere, 60, "utilise des cookies"},
    // The texts of the consent framework that most sites take over.
    {Wording::Contact, Match::Anywhere, 80, "partenaires stockons"},
    {Wording::Contact, Match::Anywhere, 80, "partenaires stockent"},
    {Wording::Contact, Match::Anywhere, 80, "acceder a des informations sur un terminal"},
    {Wording::Contact, Match::Anywhere, 80, "donnees de geolocalisation precises"},
    {Wording::Contact, Match::Anywhere, 60, "retirer votre consentement"},
    {Wording::Contact, Match::Anywhere, 60, "publicites et contenu"},
    {Wording::Contact, Match::Start, 8, "votre vie privee"},
    {Wording::Contact, Match::Start, 30, "abonnez-vous"},
    {Wording::Contact, Match::Whole, 5, "reserve aux abonnes"},
    {Wording::Contact, Match::Whole, 6, "article reserve aux abonnes"},
    {Wording::Contact, Match::Start, 12, "deja abonne"},
    {Wording::Contact, Match::Start, 6, "je m'abonne"},
    {Wording::Contact, Match::Anywhere, 30, "de cet article a lire"},
    {Wording::Contact, Match::Anywhere, 30, "suite est reservee aux"},
    {Wording::Contact, Match::Anywhere, 30, "article est reserve aux"},
    {Wording::Contact, Match::Anywhere, 30, "contenu est reserve aux"},
    {Wording::Contact, Match::Anywhere, 40, "vous desinscrire"},
    {Wording::Contact, Match::Anywhere, 40, "vous desabonner"},
    {Wording::Contact, Match::Start, 20, "contact presse"},
    {Wording::Contact, Match::Start, 20, "contacts presse"},
    {Wording::Contact, Match::Start, 30, "inscrivez-vous a"},
    {Wording::Contact, Match::Start, 25, "recevez "},
    {Wording::Contact, Match::Anywhere, 25, "recevez l'actualite"},
    {Wording::Contact, Match::Start, 12, "cette page vous a"},
    {Wording::Contact, Match::Start, 12, "cet article vous a"},
    {Wording::Contact, Match::Start, 30, "suivez-nous"},
    {Wording::Contact, Match::Start, 30, "rejoignez-nous"},
    {Wording::Contact, Match::Start, 12, "retrouvez-nous"},
    {Wording::Contact, Match::Start, 12, "pas de resultat"},
    {Wording::Contact, Match::Start, 12, "voir tous les resultats"},
    {Wording::Source, Match::Start, 15, "source :"},
    {Wording::Source, Match::Start, 15, "source:"},
    {Wording::Source, Match::Start, 15, "sources :"},
    {Wording::Source, Match::Start, 15, "sources:"},
    {Wording::Source, Match::Start, 15, "(source"},
    {Wording::Tags, Match::Start, 40, "tags :"},
    {Wording::Tags, Match::Start, 40, "tags:"},
    {Wording::Tags, Match::Start, 40, "mots-cles"},
    {Wording::Tags, Match::Start, 40, "mots cles"},
    {Wording::Tags, Match::Start, 40, "etiquettes :"},
    {Wording::Tags, Match::Start, 40, "etiquettes:"},
    {Wording::Caption, Match::Start, 40, "photo :"},
    {Wording::Caption, Match::Start, 40, "photo:"},
    {Wording::Caption, Match::Start, 40, "photo d'archive"},
    {Wording::Caption, Match::Start, 40, "photo d'illustration"},
    {Wording::Caption, Match::Start, 40, "image d'illustration"},
    {Wording::Caption, Match::Start, 40, "credit photo"},
    {Wording::Caption, Match::Start, 40, "credits photo"},
    {Wording::Caption, Match::Start, 40, "credit :"},
    {Wording::Caption, Match::Start, 40, "legende :"},
    {Wording::Caption, Match::Start, 40, "ph :"},
    {Wording::Caption, Match::Anywhere, 25, ", photo:"},
    {Wording::Caption, Match::Anywhere, 25, ", photo :"},
    {Wording::Caption, Match::Anywhere, 50, "©"},
    {Wording::Caption, Match::Anywhere, 50, "(illustration)"},
    {Wording::Caption, Match::Anywhere, 50, "(photo d'illustration)"},
    {Wording::Caption, Match::Anywhere, 50, "(image d'illustration)"},
    {Wording::Caption, Match::Anywhere, 50, "(archives)"},
    {Wording::Caption, Match::Anywhere, 50, "(photo d'archives)"},
    {Wording::Template, Match::Anywhere, 1000, "{{"},
    {Wording::Template, Match::Start, 6, "artwork-hover"},
    {Wording::Template, Match::Start, 6, "player audio"},
};

bool matches(const Phrase& phrase, std::string_view text, std::size_t words) {
  if (words > phrase.most_words || !text.starts_with(phrase.text)) return false;
  if (phrase.match != Match::Whole) return true;
  const std::string_view rest = text.substr(phrase.text.size());
  return std::none_of(rest.begin(), rest.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// The phrases that begin with each byte, in the order of the table.
using PhrasesByByte = std::array<std::vector<const Phrase*>, 256>;

template <class Chosen>
PhrasesByByte phrases_by_byte(const Chosen& chosen) {
  PhrasesByByte table;
  for (const Phrase& phrase : phrases) {
    if (chosen(phrase)) table[static_cast<unsigned char>(phrase.text.front())].push_back(&phrase);
  }
  return table;
}

// The first phrase of the table that the text has; null where there is none.
const Phrase* find_phrase(std::string_view text, std::size_t words) {
  static const PhrasesByByte all = phrases_by_byte([](const Phrase&) { return true; });
  static const PhrasesByByte anywhere = phrases_by_byte([](const Phrase& p) { return p.match == Match::Anywhere; });
  const Phrase* first = nullptr;
  bool in_word = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool letter = text[at] >= 'a' && text[at] <= 'z';
    const bool inside = letter && in_word;  // no phrase begins within a word
    in_word = letter;
    if (inside) continue;
    for (const Phrase* phrase : (at == 0 ? all : anywhere)[static_cast<unsigned char>(text[at])]) {
      if ((first == nullptr || phrase < first) && matches(*phrase, text.substr(at), words)) first = phrase;
    }
  }
  return first;
}

struct ShareWord {
  std::string_view text;
  bool is_crumb = false;  // Says nothing alone.
};

// In the order of their first letters; the longer before what it begins with.
constexpr auto share_words = std::to_array<ShareWord>(
    {{"bluesky"},     {"cetarticle"},  {"copierlelien"}, {"courriel"},    {"e-mail"},     {"email"},     {"envoyer"},
     {"facebook"},    {"imprimer"},    {"instagram"},    {"linkedin"},    {"mail", true}, {"mastodon"},  {"messenger"},
     {"partagercet"}, {"partagersur"}, {"partager"},     {"partagezsur"}, {"partagez"},   {"par", true}, {"pinterest"},
     {"pin", true},   {"print"},       {"reddit"},       {"share"},       {"suite"},      {"sur", true}, {"telegram"},
     {"threads"},     {"tumblr"},      {"tweeter"},      {"tweet"},       {"twitter"},    {"whatsapp"},  {"youtube"}});

// The word that the text begins with; null where there is none.
const ShareWord* share_word_at_front(std::string_view text) {
  const auto first_letter = [](const ShareWord& word) { return word.text.front(); };
  const auto [begin, end] = std::ranges::equal_range(share_words, text.front(), {}, first_letter);
  const auto* const found =
      std::find_if(begin, end, [&](const ShareWord& word) { return text.starts_with(word.text); });
  return found == end ? nullptr : found;
}

// `PartagerTweeterPin`, `Facebook Twitter linkedin … Email Suite`: names of networks, and nothing but crumbs beside
// them.
bool is_share_line(std::string_view folded_text, std::size_t words) {
  if (words == 0 || words > 16 || folded_text.size() > 160) return false;
  std::string rest(folded_text);
  std::erase(rest, ' ');
  const std::size_t most_crumbs = rest.size() / 8;
  std::size_t crumbs = 0;
  bool named = false;
  for (std::string_view text = rest; !text.empty() && crumbs <= most_crumbs;) {
    const ShareWord* word = share_word_at_front(text);
    if (word == nullptr) ++crumbs;
    if (word != nullptr && !word->is_crumb) named = true;
    text.remove_prefix(word == nullptr ? 1 : word->text.size());
  }
  return named && crumbs <= most_crumbs;
}

// `© Askia 24 - 2025`; without a year it may be that of a picture.
bool is_copyright_of_site(std::string_view text, std::size_t words) {
  const bool sign = text.starts_with("©") || text.starts_with("copyright");
  return sign && words <= 40 && (contains(text, " 20") || contains(text, " 19") || contains(text, "droits"));
}

struct NamedRegion {
  std::string_view name;
  Region region;
};

// The names that authors of pages give to elements, cut at what is no letter and at capitals: `articleShare` has
// `share`.
constexpr auto named_regions = [] {
  using enum Region;
  return std::to_array<NamedRegion>({{"", Open},
                                     {"nav", Clutter},
                                     {"navbar", Clutter},
                                     {"navigation", Clutter},
                                     {"menu", Clutter},
                                     {"sidebar", Clutter},
                                     {"footer", Clutter},
                                     {"pied", Clutter},
                                     {"share", Clutter},
                                     {"sharing", Clutter},
                                     {"partage", Clutter},
                                     {"partager", Clutter},
                                     {"social", Clutter},
                                     {"socials", Clutter},
                                     {"comment", Clutter},
                                     {"comments", Clutter},
                                     {"commentaire", Clutter},
                                     {"commentaires", Clutter},
                                     {"reaction", Clutter},
                                     {"reactions", Clutter},
                                     {"disqus", Clutter},
                                     {"related", Clutter},
                                     {"similaires", Clutter},
                                     {"connexes", Clutter},
                                     {"associes", Clutter},
                                     {"recommended", Clutter},
                                     {"recommendations", Clutter},
                                     {"suggestions", Clutter},
                                     {"outbrain", Clutter},
                                     {"taboola", Clutter},
                                     {"newsletter", Clutter},
                                     {"infolettre", Clutter},
                                     {"abonnement", Clutter},
                                     {"subscribe", Clutter},
                                     {"paywall", Clutter},
                                     {"promo", Clutter},
                                     {"promotion", Clutter},
                                     {"pub", Clutter},
                                     {"publicite", Clutter},
                                     {"advert", Clutter},
                                     {"advertisement", Clutter},
                                     {"ads", Clutter},
                                     {"ad", Clutter},
                                     {"sponsor", Clutter},
                                     {"sponsored", Clutter},
                                     {"cookie", Clutter},
                                     {"cookies", Clutter},
                                     {"consent", Clutter},
                                     {"popup", Clutter},
                                     {"modal", Clutter},
                                     {"widget", Clutter},
                                     {"widgets", Clutter},
                                     {"ticker", Clutter},
                                     {"teaser", Clutter},
                                     {"teasers", Clutter},
                                     {"toolbar", Clutter},
                                     {"outils", Clutter},
                                     {"pagination", Clutter},
                                     {"pager", Clutter},
                                     {"rating", Clutter},
                                     {"login", Clutter},
                                     {"recherche", Clutter},
                                     {"lire", Clutter},
                                     {"liresuite", Clutter},
                                     {"skip", Clutter},
                                     {"complementary", Clutter},
                                     {"banner", Clutter},
                                     {"contentinfo", Clutter},
                                     {"dialog", Clutter},
                                     {"search", Clutter},
                                     {"carousel", Clutter},
                                     {"diaporama", Clutter},
                                     {"duree", Clutter},
                                     {"references", Clutter},
                                     {"footnotes", Clutter},
                                     {"caption", Caption},
                                     {"legende", Caption},
                                     {"figcaption", Caption},
                                     {"credit", Caption},
                                     {"credits", Caption},
                                     {"copyright", Caption},
                                     {"byline", Byline},
                                     {"signature", Byline},
                                     {"dateline", Byline},
                                     {"author", Byline},
                                     {"authors", Byline},
                                     {"auteur", Byline},
                                     {"auteurs", Byline},
                                     {"published", Byline},
                                     {"publication", Byline},
                                     {"pubdate", Byline},
                                     {"date", Byline},
                                     {"breadcrumb", Breadcrumb},
                                     {"breadcrumbs", Breadcrumb},
                                     {"ariane", Breadcrumb},
                                     {"fil", Breadcrumb},
                                     {"chemin", Breadcrumb},
                                     {"tags", Tags},
                                     {"tag", Tags},
                                     {"taglist", Tags},
                                     {"etiquettes", Tags},
                                     {"keywords", Tags},
                                     {"motscles", Tags}});
}();

constexpr NameTable region_names = [] {
  std::array<std::string_view, named_regions.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = named_regions[i].name;
  return NameTable(names);
}();

constexpr std::string_view home_words[] = {"accueil", "home", "a la une", "une"};

}  // namespace

Wording wording_of(std::string_view folded_text, std::size_t words) {
  if (folded_text.empty()) return Wording::Ordinary;
  if (is_share_line(folded_text, words)) return Wording::Share;
  if (is_copyright_of_site(folded_text, words)) return Wording::Copyright;
  const Phrase* phrase = find_phrase(folded_text, words);
  return phrase == nullptr ? Wording::Ordinary : phrase->wording;
}

std::string_view without_edit_links(std::string_view line) {
  if (!line.ends_with(']')) return line;
  const std::size_t bracket = line.rfind('[');
  if (bracket == 0 || bracket == std::string_view::npos) return line;
  const std::string inside = folded(line.substr(bracket));
  bool edits = false;
  bool nothing_else = true;
  for_each_word(inside, [&](std::string_view word) {
    edits = edits || word == "modifier" || word == "edit";
    nothing_else = nothing_else && (word == "modifier" || word == "edit" || word == "le" || word == "code" ||
                                    word == "wikicode" || word == "source");
  });
  return edits && nothing_else ? trimmed(line.substr(0, bracket)) : line;
}

Region region_of_name(std::string_view names) {
  Region region = Region::Open;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    const Region named =
        end == begin ? Region::Open : named_regions[region_names.find(names.substr(begin, end - begin))].region;
    // Clutter weighs most: `comment-author` is in the comments.
    if (named != Region::Open && region != Region::Clutter) region = named;
  };
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] >= 'a' && names[i] <= 'z') continue;
    end_word(i);
    begin = is_ascii_letter(names[i]) ? i : i + 1;
  }
  end_word(names.size());
  return region;
}

bool is_home(std::string_view folded_text) {
  return std::find(std::begin(home_words), std::end(home_words), folded_text) != std::end(home_words);
}

bool begins_at_home(std::string_view folded_text) {
  if (folded_text.starts_with("vous etes ici")) return true;
  return std::any_of(std::begin(home_words), std::end(home_words),
                     [&](std::string_view word) { return folded_text.starts_with(word); });
}

}  // namespace limier::extract
