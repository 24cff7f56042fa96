//! The rules by hand: what a good programmer writes who knows them beforehand. This is the meaning of the workload.

use super::request::{Action::*, Approver, Channel, Device, Group::*, Location, Period, Request, Target};

/// Whether the request is permitted.
#[inline(never)]
pub fn decide(r: &Request) -> bool {
    match (r.action, r.group) {
        (PhoneInSchool, _) => certain_times(r) && !bad_place(r),
        (PhoneSocialTime, Staff) => !bad_place(r),
        (PhotoMobileCamera, Staff) => {
            certain_times(r) && !bad_place(r) && (r.consent || r.target != Target::Pupil)
        }
        (HandheldDevice, Staff) => r.selected,
        (HandheldDevice, Pupil) => certain_times(r) || r.has(Approver::Staff),
        (PersonalEmail | PersonalDeviceSocialMedia | WirelessBluetooth | StoreContactDetails, Staff) => {
            certain_times(r)
        }
        (StoreContactDetails, Pupil) => true,
        (PersonalPhoneCallContact, Staff) => certain_times(r) && !bad_place(r),
        (ContactFamily, Staff) => r.device == Device::School || unavoidable_call(r),
        (Livestream, Staff) => closure(r) && r.has(Approver::Headteacher),
        (PhotographPupil, Staff) => {
            r.device == Device::School && r.consent && r.has(Approver::Headteacher) && r.has(Approver::Dsl)
        }
        (InstallSoftware, Staff) => r.has(Approver::HeadOfIt),
        (Purchase, Staff) => r.has(Approver::HeadOfIt) || r.has(Approver::CentralIt),
        (PersonalDataOffsite, Staff) => {
            r.has(Approver::GoverningBody) || (r.device == Device::School && r.has(Approver::Headteacher))
        }
        (FriendRequest, Staff) => match r.target {
            Target::ExPupil => r.age >= 18 && r.equal_setting,
            Target::Colleague => true,
            _ => false,
        },
        (PrivateInternet, Staff) => !(510..990).contains(&r.minute),
        _ => false,
    }
}

#[inline(always)]
fn certain_times(r: &Request) -> bool {
    matches!(r.period, Period::Break | Period::Lunch | Period::BeforeSchool | Period::AfterSchool)
}

#[inline(always)]
fn closure(r: &Request) -> bool {
    (20_200_323..=20_210_701).contains(&r.date)
}

#[inline(always)]
fn bad_place(r: &Request) -> bool {
    matches!(r.location, Location::ChangingRoom | Location::Toilet)
}

#[inline(always)]
fn unavoidable_call(r: &Request) -> bool {
    closure(r)
        && r.target == Target::Parent
        && r.channel == Channel::Call
        && r.unavoidable
        && r.number_withheld
}
