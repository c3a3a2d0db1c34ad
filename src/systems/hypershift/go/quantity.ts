import { quantityOf, quantityText } from "../../../rules/encodings/quantity.ts";
import { GoTypeError, type Shape } from "./struct.ts";

/** resource.Quantity: two ways to write one amount are equal when apimachinery writes them back as the same text. */
export const quantity: Shape = {
  is: "scalar",
  read: (value, place) => {
    const read = quantityOf(value);
    if (read === undefined) throw new GoTypeError(place, "a quantity such as 8Gi");
    return quantityText(read);
  },
};
