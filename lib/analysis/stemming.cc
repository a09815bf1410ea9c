#include "analysis/stemming.h"

#include "analysis/light.h"
#include "analysis/minimal.h"
#include "analysis/snowball.h"

namespace limier {

std::size_t stem(Stemmer stemmer, char* word, std::size_t size) {
  switch (stemmer) {
    case Stemmer::None:
      return size;
    case Stemmer::Snowball:
      return snowball_stem(word, size);
    case Stemmer::Light:
      return light_stem(word, size);
    case Stemmer::Minimal:
      return minimal_stem(word, size);
  }
  return size;
}

}  // namespace limier
